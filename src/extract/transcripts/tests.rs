use super::turns;
use crate::article::Section;
use crate::extract::tokens::Text;

/// Every turn: name, role, organisation, section and words.
fn check(body: &str, expected: &[(&str, &str, &str, &str, &str)]) {
    let text = Text::new(body);
    let turns = turns(&text, text.tokens.len());
    let words = |tokens: &Option<std::ops::Range<usize>>| tokens.clone().map_or("", |tokens| text.words(tokens));
    let mut found = Vec::new();
    for turn in &turns {
        let section = turn.section.map_or("", Section::name);
        let spoken = text.words(turn.words.clone());
        let Some(speaker) = &turn.speaker else {
            found.push(("", "", "", section, spoken));
            continue;
        };
        let role = if speaker.role.is_none() && speaker.analyst { "(analyst)" } else { words(&speaker.role) };
        found.push((text.words(speaker.name.clone()), role, words(&speaker.organization), section, spoken));
    }
    assert_eq!(found, expected);
}

#[test]
fn names_and_titles_on_lines_of_their_own() {
    check(
        "Prepared Remarks:\n\nOperator\n\nWelcome.\n\nPriya Raman -- Chief Financial Officer\n\nSales rose.\n\nCosts \
         fell.\n\nQuestions and Answers:\n\nSam Ito -- Kestrel Capital -- Analyst\n\nGood morning. Why?\n\nPriya Raman \
         -- Chief Financial Officer\n\nLuck.\n\nCall participants:\n\nPriya Raman -- Chief Financial Officer\n\nSam Ito \
         -- Kestrel Capital -- Analyst\n\nMore analysis",
        &[
            ("Operator", "", "", "prepared", "Welcome."),
            ("Priya Raman", "Chief Financial Officer", "", "prepared", "Sales rose.\n\nCosts fell."),
            ("Sam Ito", "Analyst", "Kestrel Capital", "qa", "Good morning. Why?"),
            ("Priya Raman", "Chief Financial Officer", "", "qa", "Luck."),
        ],
    );
}

#[test]
fn names_with_companies_and_roles() {
    check(
        "Operator\n\nWelcome.\n\nPriya Raman, Helix Semiconductor Inc. - CFO\n\nSales rose.\n\nSam Ito, Kestrel Capital - \
         Analyst\n\nWhy?",
        &[
            ("Operator", "", "", "", "Welcome."),
            ("Priya Raman", "CFO", "Helix Semiconductor Inc.", "", "Sales rose."),
            ("Sam Ito", "Analyst", "Kestrel Capital", "", "Why?"),
        ],
    );
}

#[test]
fn names_of_the_participants_list_alone_on_a_line() {
    check(
        "Company Participants\n\nPriya Raman - CFO\n\nConference Call Participants\n\nSam Ito - Kestrel \
         Capital\n\nPresentation\n\nOperator\n\nWelcome.\n\nPriya Raman\n\nSales rose.\n\nQuestion-and-Answer \
         Session\n\nOperator\n\nSam, please.\n\nSam Ito\n\nWhy?",
        &[
            ("Operator", "", "", "prepared", "Welcome."),
            ("Priya Raman", "CFO", "", "prepared", "Sales rose."),
            ("Operator", "", "", "qa", "Sam, please."),
            ("Sam Ito", "(analyst)", "Kestrel Capital", "qa", "Why?"),
        ],
    );
}

#[test]
fn names_and_colons() {
    check(
        "Dana Okafor: Thanks.\n\nSam Ito: What drove bookings?\n\nOkafor: Two renewals.\n\nIn Europe.",
        &[
            ("Dana Okafor", "", "", "", "Thanks."),
            ("Sam Ito", "", "", "", "What drove bookings?"),
            ("Dana Okafor", "", "", "", "Two renewals.\n\nIn Europe."),
        ],
    );
}

#[test]
fn questions_and_answers_without_names() {
    check(
        "Q: Why now?\n\nA: Why not?\n\nQ: Is it safe?\n\nA: It is.",
        &[
            ("", "", "", "", "Why now?"),
            ("", "", "", "", "Why not?"),
            ("", "", "", "", "Is it safe?"),
            ("", "", "", "", "It is."),
        ],
    );
}

#[test]
fn a_list_or_a_form_is_no_transcript() {
    check("Where: Midvale\n\nWhen: Monday\n\nWho: Sam Ito", &[]);
    check("Image Source: Avanta\n\nSales rose.\n\nImage Source: Avanta\n\nCosts fell.\n\nImage Source: Avanta", &[]);
    check("The board:\n\nPriya Raman -- Chief Financial Officer\n\nSam Ito -- Chairman\n\nShares rose.", &[]);
    let sentence = "Priya Raman, Sam Ito said, was right – and wrong";
    check(&format!("{sentence}\n\nYes.\n\n{sentence}\n\nNo.\n\n{sentence}\n\nWhy?"), &[]);
    check("Sales rose -- again.\n\nCosts fell -- at last.\n\nProfit -- never seen before -- doubled.", &[]);
}
