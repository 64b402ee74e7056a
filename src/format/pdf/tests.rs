use std::fmt::Write;

use crate::article::Article;
use crate::format::check::read;

/// A document whose pages are painted by `pages`, with Helvetica as `F1`.
fn pdf(pages: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" ")),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    for (page, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
            5 + 2 * page
        ));
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(text.len());
        write!(text, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let start = text.len();
    write!(text, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).unwrap();
    for place in &places {
        writeln!(text, "{place:010} 00000 n ").unwrap();
    }
    write!(text, "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", places.len() + 1).unwrap();
    text.into_bytes()
}

/// Paints lines of type of a size below one another.
fn lines(left: u32, top: u32, size: u32, lines: &[&str]) -> String {
    let mut text = String::new();
    for (number, line) in (0..).zip(lines) {
        let base = top - number * (size + 2);
        writeln!(text, "BT /F1 {size} Tf 1 0 0 1 {left} {base} Tm ({line}) Tj ET").unwrap();
    }
    text
}

fn article(pages: &[String]) -> Article {
    read("a.pdf", &pdf(pages), 0).remove(0).unwrap()
}

#[test]
fn lines_are_put_together_and_the_headline_is_found() {
    let page = lines(50, 750, 24, &["Two halls for Harbor"])
        + &lines(
            50,
            700,
            10,
            &[
                "The company said on Monday that it would build two halls in the prov-",
                "ince, each of them larger than the last.",
            ],
        )
        + &lines(50, 660, 10, &["A second paragraph costs $1.2bn, or 3.5% of sales."]);
    let article = article(&[page]);
    assert_eq!(article.title, "Two halls for Harbor");
    assert_eq!(
        article.body,
        "The company said on Monday that it would build two halls in the province, each of them larger than the last.\n\n\
         A second paragraph costs $1.2bn, or 3.5% of sales."
    );
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "The first column begins with this line",
        "and goes on with another one, longer",
        "than the first, and then a third one",
        "which ends it.",
    ];
    let right = [
        "The second column stands beside it",
        "and must not be mixed with the first",
        "one, whatever their lines are.",
        "It ends here.",
    ];
    // Painted row by row, as some programs do.
    let mut page = String::new();
    for row in 0..4 {
        let top = 700 - 12 * u32::try_from(row).unwrap();
        page += &lines(50, top, 10, &left[row..=row]);
        page += &lines(320, top, 10, &right[row..=row]);
    }
    let article = article(&[page]);
    assert_eq!(article.body, format!("{}\n\n{}", left.join(" "), right.join(" ")));
}

#[test]
fn pages_are_marked_and_what_they_repeat_is_left_out() {
    let page = |number: u32, text: &str| {
        lines(50, 780, 8, &["Harbor Wire    Monday report"])
            + &lines(50, 600, 10, &[text])
            + &lines(300, 20, 8, &[&format!("Page {number} of 3")])
    };
    let article =
        article(&[page(1, "The first page ends with"), page(2, "the rest of it."), page(3, "Another paragraph.")]);
    assert_eq!(article.body, "The first page ends with\u{c}the rest of it.\n\n\u{c}Another paragraph.");
}

#[test]
fn what_is_no_document_or_has_no_text_is_refused() {
    let refusal = |bytes: &[u8]| read("a.pdf", bytes, 0).remove(0).unwrap_err();
    assert!(refusal(b"%PDF-1.4\nrubbish").starts_with("is damaged: "));
    assert!(refusal(b"words").starts_with("is damaged: "));
    assert!(refusal(&pdf(&[String::new()])).starts_with("has no text layer"));
    let whole = pdf(&[lines(50, 700, 10, &["Some words of it."])]);
    for cut in (0..whole.len()).step_by(37) {
        // Read or refused, never a panic.
        let _ = read("a.pdf", &whole[..cut], 0);
    }
}
