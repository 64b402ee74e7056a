//! What is packed is what comes out again.

use jiff::civil::date;

use super::*;
use crate::article::{DateSource, Published, Quote, Section};
use crate::extract;

/// An article with quotations of several people, companies and dates.
fn article() -> Article {
    let mut article = Article {
        id: "a/calls.jsonl#7".to_owned(),
        path: "a/calls.jsonl".to_owned(),
        record_id: Some("c-7".to_owned()),
        title: "Northwind Robotics (NASDAQ: NWRB) beats Harbor Mutual".to_owned(),
        body: "Northwind Robotics (NASDAQ: NWRB) did well on March 3, 2025.  “We grew,” Chief Executive Ada Lindqvist \
               said. “We will grow,” Lindqvist added.\n\nHarbor Mutual (NYSE: HMUT) did not. \
               “Nobody asked,” a spokesman said on Monday. Lindqvist said that “demand” was there in January."
            .to_owned(),
        authors: vec!["Orrin Vale".to_owned()],
        source: Some("The Paper".to_owned()),
        published: Some(Published::on(date(2025, 3, 5), DateSource::Record)),
        listed_tickers: vec!["NWRB".to_owned()],
        ..Article::default()
    };
    extract::annotate(&mut article, &extract::Context::on(date(2025, 6, 30)));
    article
}

/// `article` without what is not kept.
fn kept(article: &Article) -> Article {
    Article { paragraphs: Vec::new(), ..article.clone() }
}

fn check(article: &Article) {
    let packed = pack_article(article);
    let stored: Stored<'_> = postcard::from_bytes(&packed).unwrap();
    let restored = stored.article(&article.body).unwrap();
    assert_eq!(format!("{:#?}", kept(&restored)), format!("{:#?}", kept(article)));
}

#[test]
fn an_article_comes_out_as_it_went_in() {
    let article = article();
    assert!(article.quotes.len() > 2 && article.tickers.len() > 1 && !article.mentioned_dates.is_empty());
    check(&article);
    check(&Article::default());
}

#[test]
fn quotations_in_any_order_and_section_come_out() {
    let mut article = article();
    article.quotes.reverse();
    for (quote, section) in article.quotes.iter_mut().zip([None, Some(Section::Prepared), Some(Section::Questions)]) {
        quote.section = section;
    }
    let nobody = Quote { speaker: None, cue: None, tickers: vec!["NWRB".to_owned()], ..article.quotes[0].clone() };
    article.quotes.push(nobody);
    check(&article);
}

#[test]
fn a_hit_names_each_speaker_once() {
    let article = article();
    let packed = pack_article(&article);
    let stored: Stored<'_> = postcard::from_bytes(&packed).unwrap();
    let shown: Vec<String> = stored.card.speakers().iter().map(|it| format!("{} {}", it.name, it.quotes)).collect();
    let of = |name: &str| article.quotes.iter().flat_map(|quote| &quote.speaker).filter(|it| it.name == name).count();
    assert_eq!(shown[0], format!("Ada Lindqvist {}", of("Ada Lindqvist")));
    assert_eq!(stored.card.speakers()[0].role.as_deref(), Some("Chief Executive"));
    assert_eq!(shown.iter().filter(|name| name.starts_with("Ada")).count(), 1);
}

#[test]
fn details_that_do_not_fit_the_card_are_refused() {
    let article = article();
    let packed = pack_article(&article);
    let mut stored: Stored<'_> = postcard::from_bytes(&packed).unwrap();
    stored.card.speakers.clear();
    assert!(stored.article(&article.body).is_none());
}
