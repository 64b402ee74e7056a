//! Whose call it is, and who merely asks.

use super::*;

/// The symbols in `body`, most salient first, with an `-` before those that are merely named.
fn check_order(title: &str, body: &str, expected: &str) {
    let tickers = read(title, body).tickers;
    let passing = |salience: f32| if salience < 0.1 { "-" } else { "" };
    let found: Vec<String> =
        tickers.iter().map(|ticker| format!("{}{}", passing(ticker.salience), ticker.symbol)).collect();
    assert_eq!(found.join(" "), expected, "{body}");
}

/// A call in the layout of a transcript: what is said first, then questions by one analyst.
fn call(welcome: &str) -> String {
    let question = "Jane Roe -- Barclays -- Analyst\n\nHi, Jane Roe from Barclays. How is demand?\n\n\
        Ada Lind -- Chief Executive Officer\n\nGood. We buy from Nvidia and sell to Nvidia.\n\n";
    let operator = "Operator\n\nOur next question comes from the line of Jane Roe with Barclays.\n\n";
    format!(
        "Prepared Remarks:\n\nOperator\n\n{welcome}\n\nAda Lind -- Chief Executive Officer\n\nThank you.\n\n{}\
         Call participants:\n\nJane Roe -- Barclays -- Analyst\n\nJohn Doe -- Goldman Sachs -- Analyst\n",
        [operator, question].concat().repeat(6)
    )
}

#[test]
fn an_analyst_counts_once_however_often_she_asks() {
    check_order("", &call("Good morning."), "NVDA -BARC.L -GS");
    check_order("", "Nvidia rose, said Jane Roe -- Barclays -- Analyst", "NVDA -BARC.L");
    check_order("", "Barclays -- the bank -- rose.", "BARC.L");
}

#[test]
fn a_call_is_about_its_own_company() {
    check_order("", &call("Welcome to the Micron Technology earnings conference call."), "MU NVDA -BARC.L -GS");
    check_order("Micron Technology (MU) Q3 2021 Earnings Call", &call("Good morning."), "MU NVDA -BARC.L -GS");
    check_order("", &format!("MU Q3 2021 Earnings Call\n\n{}", call("Good morning.")), "MU NVDA -BARC.L -GS");
    check_order("", &format!("NWRBX Q3 2021 Earnings Call\n\n{}", call("Hello.")), "NWRBX NVDA -BARC.L -GS");
    check_order(
        "",
        &format!("OUR Q3 2021 Sales Plan\n\n{}", call("Micron Technology is a rival.")),
        "NVDA -BARC.L -MU -GS",
    );
}

#[test]
fn a_bank_on_its_own_call_is_its_subject() {
    check_order("", &call("Welcome to the Barclays earnings call."), "BARC.L NVDA -GS");
    check_order("", "Barclays rose. Barclays said so. Nvidia fell.", "BARC.L NVDA");
}
