use crate::format::check::{article, ids, titles};

const LETTER: &str = "From: Nora Ellingsen <nora@example.com>\r\nTo: desk@example.com\r\nSubject: =?utf-8?Q?Z=C3=BCrich_call?=\r\n\
    Date: Mon, 3 Feb 2025 08:15:00 +0100\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\r\nWords of the letter.\r\n";

#[test]
fn a_letter_is_an_article() {
    let article = article("a.eml", LETTER);
    assert_eq!((article.title.as_str(), article.body.as_str()), ("Zürich call", "Words of the letter."));
    assert_eq!(article.authors, ["Nora Ellingsen"]);
    assert_eq!(article.published.unwrap().day, jiff::civil::date(2025, 2, 3));
}

#[test]
fn a_newsletter_has_a_source_and_its_page_is_read() {
    let text = "From: Brightwater Daily <news@example.com>\nList-Unsubscribe: <https://example.com/u>\nSubject: Morning\n\
        MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nView online.\n\
        --b\nContent-Type: text/html; charset=utf-8\n\n<table><tr><td><h1>Rates</h1><p>The bank kept its rate at 3.5% on Monday.</p>\
        </td></tr></table>\n--b--\n";
    let article = article("a.eml", text);
    assert_eq!(article.source.as_deref(), Some("Brightwater Daily"));
    assert!(
        article.authors.is_empty() && article.body.contains("kept its rate at 3.5% on Monday."),
        "{}",
        article.body
    );
}

#[test]
fn attached_files_are_members() {
    let text = "From: a@example.com\nSubject: two files\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\
        Content-Type: text/plain\n\nSee below.\n--b\nContent-Type: text/csv; name=\"rows.csv\"\nContent-Disposition: attachment; \
        filename=\"rows.csv\"\n\ntitle\none\ntwo\n--b\nContent-Type: image/png\nContent-Disposition: attachment; \
        filename=\"logo.png\"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n";
    assert_eq!(ids("a.eml", text.as_bytes()), ["a.eml two files", "a.eml!/rows.csv#1 one", "a.eml!/rows.csv#2 two"]);
}

#[test]
fn a_mailbox_holds_many_letters() {
    let letter = LETTER.replace("\r\n", "\n");
    let text = format!("From x Mon Feb  3 08:15:00 2025\n{letter}\n>From here on, quoted.\n\nFrom y Tue\n{letter}");
    assert_eq!(titles("a.mbox", text.as_bytes()), ["#1 Zürich call", "#2 Zürich call"]);
    let found = crate::format::check::read("a.mbox", text.as_bytes(), 0);
    assert!(found[0].as_ref().unwrap().body.ends_with("\nFrom here on, quoted."));
    assert_eq!(titles("a.txt", text.as_bytes()).len(), 2, "content decides");
    assert_eq!(titles("a.mbox", b"words"), ["is no mailbox: it must begin with a line `From …`"]);
}

#[test]
fn a_saved_page_is_read_as_a_page() {
    let text = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.com/2025/02/03/a\r\nSubject: Saved\r\n\
        Date: Tue, 4 Mar 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\
        \r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://example.com/2025/02/03/a\r\n\r\n<html><head><title>Two halls</title></head><body><article><h1>Two halls</h1>\
        <p>The company said on Monday that it would build two halls, each of them =\r\nlarger than the last.</p></article></body></html>\r\n--b--\r\n";
    let found = article("a.mhtml", text);
    assert_eq!(found.title, "Two halls");
    assert!(found.body.contains("each of them larger than the last"), "{}", found.body);
    assert_eq!(found.url.as_deref(), Some("https://example.com/2025/02/03/a"));
    assert!(found.published.is_none(), "the day it was saved is not the day it was published");
    assert_eq!(article("a.txt", text).title, "Two halls");
}

#[test]
fn a_text_that_looks_a_bit_like_a_letter_is_a_text() {
    let found = article("a.txt", "Subject: rates\n\nThe bank kept its rate.");
    assert_eq!(found.body, "The bank kept its rate.");
}

#[test]
fn messages_in_a_message_are_members() {
    let text = "From: a@example.com\nSubject: Fwd\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee below.\n\
        --b\nContent-Type: message/rfc822\n\nFrom: n@example.com\nSubject: Inner\nMIME-Version: 1.0\nMessage-ID: <2>\n\nWords of the inner one.\n--b--\n";
    assert_eq!(ids("a.eml", text.as_bytes()), ["a.eml Fwd", "a.eml!/attachment-1.eml Inner"]);
    let found = crate::format::check::read("a.eml", text.as_bytes(), 0);
    assert_eq!(found[1].as_ref().unwrap().body, "Words of the inner one.");
}
