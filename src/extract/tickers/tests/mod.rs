//! What is a ticker and what is none.

mod calls;
mod robust;

use jiff::civil::date;

use super::*;
use crate::extract::{Context, annotate};

fn read(title: &str, body: &str) -> Article {
    let mut article = Article { title: title.to_owned(), body: body.to_owned(), ..Article::default() };
    annotate(&mut article, &Context::on(date(2026, 1, 1)));
    article
}

/// The symbols found in `body`, in order of symbol, each with how it was found.
fn check(body: &str, expected: &str) {
    let mut found: Vec<String> =
        read("", body).tickers.iter().map(|ticker| format!("{}:{}", ticker.symbol, ticker.how.name())).collect();
    found.sort();
    assert_eq!(found.join(" "), expected, "{body}");
}

/// What is called `symbol` in `body`, in order of place.
fn check_mentions(body: &str, symbol: &str, expected: &[&str]) {
    let article = read("", body);
    let ticker = article.tickers.iter().find(|ticker| ticker.symbol == symbol);
    let mentions: Vec<&str> =
        ticker.map(|ticker| ticker.mentions.iter().map(|mention| article.text(*mention)).collect()).unwrap_or_default();
    assert_eq!(mentions, expected, "{body}");
}

#[test]
fn codes_are_found() {
    check("Nvidia (NASDAQ: NVDA) rose.", "NVDA:code");
    check("Shares of Alphabet (GOOG, GOOGL) rose.", "GOOG:code GOOGL:code");
    check("Northwind Robotics (NASDAQ: NWRB) rose.", "NWRB:code");
    check("Vodafone (LON: VOD) and Shopify (TSX: SHOP)", "SHOP.TO:code VOD.L:code");
    check("General Motors ( GM - Get Report ) rose.", "GM:code");
    check("Tesla's TSLA.Ogrowth and Meta PlatformsMETA.O", "META:code TSLA:code");
    check("the $NVDA and $F trades", "F:code NVDA:code");
    check("It bought the Example Quality Value ETF (EQVX).", "EQVX:code");
}

#[test]
fn a_bare_code_needs_the_name_before_it() {
    check("Nvidia (NVDA) rose.", "NVDA:code");
    check("The chipmaker (NVDA) rose.", "");
    check("the International Monetary Fund (IMF) and the European Union (EU)", "");
    check("an initial public offering (IPO), liquefied natural gas (LNG), the purchasing managers' index (PMI)", "");
    check("the Federal Trade Commission (FTC), West Texas Intermediate (WTI), the Associated Press (AP)", "");
    check("the chief executive (CEO), an exchange-traded fund (ETF)", "");
    check("the Black Student Movement (BSM) and the Ndola City Council (NCC)", "");
}

#[test]
fn a_bare_code_beside_its_name_is_one() {
    check("Apple AAPL, Amazon AMZN and Meta META rose.", "AAPL:code AMZN:code META:code");
    check("The Apple store AAPL sign", "AAPL:name");
    check("Analysts like NVDA stock.", "NVDA:code");
    check("AI stock and EV shares rose; THE stock fell.", "");
}

#[test]
fn what_is_not_listed_spells_its_name() {
    let codes = "Apple (AAPL), Nvidia (NVDA), Intel (INTC)";
    check(&format!("{codes} and Northwind Robotics (NWRB) rose."), "AAPL:code INTC:code NVDA:code NWRB:code");
    check(&format!("{codes} and the Northwind Rail Board (NRB) rose."), "AAPL:code INTC:code NVDA:code");
    check("Northwind Robotics (NWRB) rose.", "");
}

#[test]
fn what_is_not_listed_needs_a_legal_form_or_a_list() {
    let codes = "Apple (AAPL), Nvidia (NVDA), Intel (INTC)";
    let three = "AAPL:code INTC:code NVDA:code";
    check(&format!("{codes} rose. Northwind Robotics Inc. (NWRB) fell."), &format!("{three} NWRB:code"));
    check(&format!("{codes} rose. Officials of Northwind (NWD) met."), three);
    check(&format!("{codes} rose; Northwind Robotics (NWRB) fell."), three);
    check(&format!("{codes} and Northwind (NWD) rose."), &format!("{three} NWD:code"));
    check("Apple <AAPL.O>, Nvidia <NVDA.O>, Intel <INTC.O> and Northwind Inc. (NWND)", three);
}

#[test]
fn acronyms_need_a_name_beside_codes_too() {
    let codes = "Apple (AAPL), Nvidia (NVDA), Intel (INTC) rose.";
    for words in [
        "the Bank of Northwind (BON)",
        "Northwind Deposit Insurance Corporation (NDIC)",
        "UK Northwind Investments (UKNI)",
        "Northwind Electric Industrial Co Ltd (NEI)",
        "Northwind Flugzeugwerke GmbH (NWF)",
        "the U.S. Northwind Representative (USNR)",
        "growth in the (FTC) region",
        "the Department of Labor (DOL)",
        "talks about GM Europe (GME)",
        "the Eastern Union (CEA)",
        "liquefied natural gas (LNG)",
    ] {
        let symbols: Vec<String> = read("", &format!("{codes} It was {words}, she said."))
            .tickers
            .into_iter()
            .filter(|ticker| ticker.how == How::Code)
            .map(|ticker| ticker.symbol)
            .collect();
        assert_eq!(symbols, ["AAPL", "NVDA", "INTC"], "{words}");
    }
    check("China Eastern Airlines (CEA) rose.", "CEA:code");
}

#[test]
fn a_short_form_of_other_words_names_no_company() {
    check("The National Economic Council (NEC) met. NEC officials spoke.", "");
    check("growth in the (BP) region", "");
    check("NEC Corp. rose, said NEC.", "6701.T:name");
    check_mentions("BP rose in late London trade on Monday. The oil company (BP) said so.", "BP.L", &["BP", "BP"]);
    check("British oil company BP plc (BP) said so.", "BP:code");
}

#[test]
fn a_symbol_follows_a_legal_form() {
    check("Apple Inc. AAPL, Visa Inc. V and PepsiCo, Inc. PEP rose.", "AAPL:code PEP:code V:code");
    check("Novo Nordisk A/S NVO rose.", "NVO:code");
    check("Apple Inc. said AAPL. Visa, V for victory", "AAPL:name V:name");
}

#[test]
fn a_symbol_before_shares_is_one() {
    check("NVDA shares rose.", "NVDA:code");
    check("TI shares fell.", "");
    check("BP shares and IBM stock fell.", "BP.L:name IBM:name");
    check("BP (BP.L) rose. BP shares fell.", "BP.L:code");
    check_mentions("Texas Instruments rose. TI shares rose 2 percent.", "TXN", &["Texas Instruments", "TI"]);
}

#[test]
fn a_name_and_a_symbol_are_one_listing() {
    check("Shopify SHOP rose. Shopify sells.", "SHOP:code");
    check("Shopify rose.", "SHOP.TO:name");
}

#[test]
fn a_name_in_capitals_is_glued_to_its_code() {
    check("the chipmaker AMDAMD.O rose", "AMD:code");
    check("the chipmaker AMDXYZ.O rose", "AMDXYZ:code");
}

#[test]
fn a_code_teaches_nothing_but_its_own_name() {
    let body = "Microsoft Corp's ( MSFT.O ) box and Apple Inc and Northwind Robotics NWRB.O rose. Apple fell.";
    check_mentions(body, "NWRB", &["Northwind Robotics", "NWRB.O"]);
    check_mentions(
        "Iceland's Northwind Robotics NWRB.IC rose. Iceland fell.",
        "NWRB.IC",
        &["Northwind Robotics", "NWRB.IC"],
    );
    check_mentions("Singapore Foods ( SGFD.SI ) rose in Singapore.", "SGFD.SI", &["Singapore Foods", "SGFD.SI"]);
    check_mentions("News Corp, Contoso Ltd CTSO.L rose. News came.", "CTSO.L", &["Contoso", "CTSO.L"]);
    check_mentions("It starts on May 26. Contoso CTSO.L rose in May.", "CTSO.L", &["Contoso", "CTSO.L"]);
    check_mentions(
        "Bath and Body Northwind (NYSE: BBNW) rose. Bath rose.",
        "BBNW",
        &["Bath and Body Northwind", "BBNW", "Bath"],
    );
}

#[test]
fn a_code_teaches_the_name_before_it() {
    let body =
        "Northwind Robotics, Inc. (NASDAQ: NWRB) rose. Northwind's chief said so. Shares of Northwind Robotics fell.";
    check_mentions(body, "NWRB", &["Northwind Robotics", "NWRB", "Northwind", "Northwind Robotics"]);
    assert_eq!(read("", body).tickers[0].company.as_deref(), Some("Northwind Robotics"));
    check_mentions("The Northwind (NASDAQ: NWRB) ship. A northwind blew.", "NWRB", &["Northwind", "NWRB"]);
}

#[test]
fn names_are_found() {
    check("Nvidia rose, and so did Google and Facebook.", "GOOGL:name META:name NVDA:name");
    check("Toyota Motor Corp and Deutsche Bank AG", "7203.T:name DBK.DE:name");
    check("Procter & Gamble Co. and AT&T Inc.", "PG:name T:name");
    check("McDonald's and Lowe's opened stores.", "LOW:name MCD:name");
    check("Lehman Brothers failed; Bear Stearns was sold.", "BSC:name LEH:name");
}

#[test]
fn people_are_no_companies() {
    check("Brian Williams and Harrison Ford met Mr. Dell.", "");
    check("Jane McDonald spoke. McDonald was calm.", "");
    check("J. Morgan met Carly Fiorina of Ohio.", "");
    check("Mr. Schwab and Ms. Hershey agreed.", "");
}

#[test]
fn plain_words_need_evidence() {
    check("Target prices rose. The gap widened. Visa rules changed for Gap years.", "V:name");
    check("Target Corp and Gap Inc rose.", "GAP:name TGT:name");
    check("The retailer Target opened.", "TGT:name");
    check("Walmart, Target and Best Buy opened.", "BBY:name TGT:name WMT:name");
    check("Target shares fell.", "TGT:name");
    check("Williams won the match.", "");
}

#[test]
fn parts_of_longer_names_are_no_companies() {
    check("Vivendi Universal SA was sold.", "VIV.PA:name");
    check("The Ford Foundation and Stanford University gave.", "");
    check("Dow Jones reported, Reuters and the S&P 500 too, said Yahoo Finance.", "");
    check("The KBW Bank index and the Nasdaq Composite rose.", "");
    check("The U.S. steel industry grew.", "");
    check("Profit rose 11.1 percent on Nov 8.", "");
}

#[test]
fn those_who_comment_are_mere_mentions() {
    let article = read("Nvidia rises", "Nvidia rose, said Jane Roe, an analyst at Goldman Sachs. Nvidia makes chips.");
    let salience = |symbol: &str| article.tickers.iter().find(|ticker| ticker.symbol == symbol).unwrap().salience;
    assert!(salience("NVDA") > 0.5 && salience("GS") < 0.1, "{:?}", article.tickers);
    assert_eq!(article.tickers[0].symbol, "NVDA");
}

/// Whether what `body` names by `symbol` is there in passing.
fn check_passing(body: &str, symbol: &str, expected: bool) {
    let tickers = read("", body).tickers;
    let salience = tickers.iter().find(|ticker| ticker.symbol == symbol).map(|ticker| ticker.salience);
    assert_eq!(salience.map(|salience| salience < 0.1), Some(expected), "{body}");
}

#[test]
fn those_who_serve_and_report_are_mere_mentions() {
    check_passing("The deal is financed by UBS, Barclays and Goldman Sachs.", "GS", true);
    check_passing("It is owned by Barclays and Goldman Sachs.", "GS", false);
    check_passing("Northwind hired Goldman Sachs to explore a sale.", "GS", true);
    check_passing("Northwind hired Goldman Sachs veterans.", "GS", false);
    check_passing("JPMorgan advised Northwind on the sale.", "JPM", true);
    check_passing("JPMorgan advised caution.", "JPM", false);
    check_passing("JANE ROE, MINING ANALYST, CITIGROUP: no.", "C", true);
    check_passing("Steel, copper, Citigroup: no.", "C", false);
    check_passing("Talks ended, the New York Times reported.", "NYT", true);
    check_passing("New York Times shares rose.", "NYT", false);
    check_passing("New York Times Co rose.", "NYT", false);
}

#[test]
fn notices_name_nobody() {
    check(
        "Nvidia rose.\n\nJane Roe has no position in any of the stocks mentioned. The Example has positions in Apple.",
        "NVDA:name",
    );
    check("Northwind Robotics (NASDAQ: NWRB) rose.\nMicrosoft (MSFT) : Free Stock Analysis Report", "NWRB:code");
}

#[test]
fn listings_of_one_company_find_each_other() {
    let article = read("", "Alphabet (NASDAQ: GOOG) rose. Google said so.");
    let [ticker] = &article.tickers[..] else { panic!("{:?}", article.tickers) };
    assert_eq!((ticker.symbol.as_str(), ticker.exchange.as_deref()), ("GOOG", Some("XNAS")));
    assert_eq!(ticker.aliases, ["GOOGL"]);
    assert_eq!(ticker.mentions.len(), 3);
    assert!(read("", "Facebook rose.").tickers[0].aliases.contains(&"FB".to_owned()));
}

#[test]
fn the_record_lists_symbols() {
    let mut article =
        Article { listed_tickers: vec!["nvda".into(), "BRK-B".into(), "no symbol!".into()], ..Article::default() };
    annotate(&mut article, &Context::on(date(2026, 1, 1)));
    let symbols: Vec<&str> = article.tickers.iter().map(|ticker| ticker.symbol.as_str()).collect();
    assert_eq!(symbols, ["BRK.B", "NVDA"]);
    assert!(article.tickers.iter().all(|ticker| ticker.how == How::Record));
}

#[test]
fn a_wire_service_writes_its_own_codes() {
    check("PARIS (Reuters) - Societe Generale rose.", "SOGN.PA:name");
    check("PARIS - Societe Generale rose.", "GLE.PA:name");
}
