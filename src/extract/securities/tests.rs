use std::collections::BTreeSet;

use super::*;
use crate::extract::tokens::Text;

/// The symbol that `name` stands for in the list that ships.
fn check(name: &str, symbol: &str) {
    let list = Securities::shipped();
    assert_eq!(list.organisation(name).map_or("", |security| &security.symbol), symbol, "{name}");
}

#[test]
fn the_list_is_well_formed() {
    let lines: Vec<[&str; COLUMNS]> =
        SHIPPED.lines().enumerate().filter_map(|(at, line)| cells(line, at + 1).unwrap()).collect();
    assert!(lines.len() > 10_000, "{}", lines.len());
    let symbols: Vec<&str> = lines.iter().map(|cells| cells[0]).collect();
    let order: Vec<_> = lines.iter().map(|cells| (cells[0], cells[6])).collect();
    assert!(order.is_sorted_by(|a, b| a < b), "symbols are sorted, those of today first, each once a year");
    let known: BTreeSet<&str> = symbols.iter().copied().collect();
    let mut names = BTreeSet::new();
    for [symbol, market, kind, company, name, called, until, _now] in lines {
        assert_eq!(normal_symbol(symbol), symbol);
        assert!(market.is_empty() || market.len() == 4, "{symbol}: {market}");
        assert!(["share", "fund", "preferred", "warrant", "unit", "right", "wire"].contains(&kind), "{symbol}: {kind}");
        assert!(company.is_empty() || known.contains(company), "{symbol}: {company}");
        assert!(!name.is_empty() || !company.is_empty(), "{symbol} has no name");
        assert!(
            until.is_empty() || until.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year)),
            "{symbol}: {until}"
        );
        for name in called.split('|').filter(|name| !name.is_empty()) {
            assert!(
                names.insert(name.trim_start_matches(['~', '!', '%']).to_lowercase()),
                "{symbol}: {name} is not the only one"
            );
        }
    }
}

#[test]
fn a_company_is_found_by_its_names() {
    check("Nvidia", "NVDA");
    check("NVIDIA Corp.", "NVDA");
    check("Apple Inc.", "AAPL");
    check("Alphabet", "GOOGL");
    check("Toyota Motor Corporation", "7203.T");
    check("Société Générale", "GLE.PA");
}

#[test]
fn other_names_are_no_company() {
    for name in ["", "Reuters reporters", "Inc.", "the", "Northwind Robotics"] {
        check(name, "");
    }
}

#[test]
fn listings_of_a_company_belong_together() {
    let list = Securities::shipped();
    let symbols: Vec<&str> = list.siblings("GOOG").map(|security| &*security.symbol).collect();
    assert_eq!(symbols, ["GOOGL", "GOOG"]);
    assert_eq!(list.by_symbol("brk-b").unwrap().company, "BRK.B");
    assert_eq!(list.siblings("NWRB").count(), 0);
}

#[test]
fn a_user_adds_and_overrides() {
    let list =
        Securities::with_user("# ours\nNWRB\tXNAS\tshare\t\tNorthwind Robotics, Inc.\nAAPL\tXNAS\t\t\tMine\n").unwrap();
    assert_eq!(list.organisation("Northwind Robotics").unwrap().symbol, "NWRB");
    assert_eq!(list.by_symbol("AAPL").unwrap().name, "Mine");
    assert_eq!(list.find("northwind").len(), 1);
    assert_eq!(Securities::with_user("A B\tXNAS").unwrap_err().line, 1);
    assert!(Securities::with_user("A\tb\tc\td\te\tf\tg\th\ti").is_err());
}

#[test]
fn names_are_found_at_a_place() {
    let list = Securities::shipped();
    let at = |text: &str| {
        list.name_at(text)
            .map(|found| (list.main(list.named(found)).symbol.to_string(), text[..found.length].to_owned()))
    };
    assert_eq!(at("Morgan Stanley's profit"), Some(("MS".into(), "Morgan Stanley".into())));
    assert_eq!(at("Nvidia, Apple"), Some(("NVDA".into(), "Nvidia".into())));
    assert_eq!(at("Nvidian"), None);
    assert_eq!(at(""), None);
}

#[test]
fn the_token_stream_sees_where_every_name_begins() {
    let list = Securities::shipped();
    let names = list.list.iter().flat_map(|security| security.names.split('|')).filter(|name| !name.is_empty());
    let missed: Vec<&str> = names
        .map(|name| name.trim_start_matches(['~', '!', '%']))
        .filter(|name| !Text::new(name).tokens.first().is_some_and(|token| list.may_begin(token.hash)))
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}
