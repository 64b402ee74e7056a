//! Any text is read.

use proptest::prelude::*;

use super::*;

/// What is true of the tickers of any text.
fn check_any(text: &str) {
    let article = read("", text);
    let mut symbols: Vec<&str> = article.tickers.iter().map(|ticker| ticker.symbol.as_str()).collect();
    for ticker in &article.tickers {
        assert!((0.0..=1.0).contains(&ticker.salience), "{ticker:?} in {text:?}");
        let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.';
        assert!(ticker.symbol.chars().all(plain), "{ticker:?} in {text:?}");
        assert!(ticker.mentions.is_sorted(), "{ticker:?} in {text:?}");
        for mention in &ticker.mentions {
            let words = article.body.get(mention.range());
            assert!(words.is_some_and(|words| words.trim() == words && !words.is_empty()), "{mention:?} in {text:?}");
        }
    }
    assert!(article.tickers.is_sorted_by(|a, b| a.salience >= b.salience), "{text:?}");
    symbols.sort_unstable();
    assert!(symbols.windows(2).all(|pair| pair[0] != pair[1]), "{symbols:?} in {text:?}");
}

/// Texts in every notation, to be damaged.
const SEEDS: &[&str] = &[
    "Northwind Robotics, Inc. (NASDAQ: NWRB) and Alphabet (GOOG, GOOGL) rose; Vodafone (LON: VOD) fell. Northwind’s chief spoke.",
    "Meta PlatformsMETA.O, chipmaker AMDAMD.O, NYX.NNYX.PA, ( BRKa.N ), VOWG_p.DE, <005930.KS>, LEH.N^I08 and .SPX, US10YT=RR",
    "the $NVDA and $BRK.B trade, AAPL US Equity, (VOD LN), Apple Inc. AAPL, TI shares, ( GM - Get Report ), NYSE and TSX: ENB",
    "Apple (AAPL), Nvidia (NVDA), Intel (INTC) and the Bank of Japan (BOJ); UK Northwind Inc. (NWDX), “Eastern Union” (EU)",
    "NWRB Q3 2021 Earnings Call\n\nOperator\n\nWelcome to the Northwind call.\n\nAda Lind -- Chief Executive Officer\n\nHi.\n\n\
     Jane Roe -- Barclays -- Analyst\n\nJane Roe from Barclays. How is Nvidia?\n\nOperator\n\nThank you.\n",
];

/// What damage puts in.
const PIECES: &[&str] = &[
    "",
    "(",
    ")",
    ".",
    ":",
    "$",
    "<",
    ">",
    "NYSE:",
    ".N",
    ".TO",
    "_p.DE",
    "é",
    "日本",
    "’s",
    "\u{a0}",
    "\n",
    "\n\n",
    " -- ",
    "Analyst",
    "Inc.",
    " and ",
    "Q1",
    "AAPL",
    "BP shares",
    "of of of ",
    "\u{feff}",
    "😀",
    "A",
    "/",
    "^",
    "=",
    "0",
];

#[test]
fn damaged_texts_are_read() {
    let mut seed = 11_usize;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below.max(1)
    };
    for round in 0..1500 {
        let mut chars: Vec<char> = SEEDS[round % SEEDS.len()].chars().collect();
        for _ in 0..=next(6) {
            let from = next(chars.len());
            let to = (from + next(9)).min(chars.len());
            match next(4) {
                0 => chars.truncate(to),
                1 => drop(chars.splice(from..to, PIECES[next(PIECES.len())].chars())),
                2 => chars[from..to].reverse(),
                _ => {
                    let copy = chars[from..to].to_vec();
                    let at = next(chars.len());
                    drop(chars.splice(at..at, copy));
                }
            }
        }
        check_any(&chars.into_iter().collect::<String>());
    }
}

#[test]
fn long_runs_of_anything_are_no_trouble() {
    for piece in [
        "of of of (XOOOO) ",
        "(",
        "NYSE: ",
        "A.N",
        "$A",
        "NWR (NYSE: NWR)$",
        "(AAPL, ",
        "Apple and ",
        "Inc. ",
        " -- Barclays",
        "NYX.N",
    ] {
        check_any(&piece.repeat(4_000));
    }
}

proptest! {
    #[test]
    fn spans_lie_on_characters_and_reading_twice_is_the_same(text in "([A-Za-z0-9 .,:$()<>'’“”\n-]|Nvidia|Ford|NASDAQ|Inc|é|日|GM){0,60}") {
        check_any(&text);
        prop_assert_eq!(&read("", &text).tickers, &read("", &text).tickers);
    }
}

/// Found by the fuzz target `dates`: a name that ends before the first word of the body.
#[test]
fn a_symbol_right_after_a_name_without_a_word_is_read() {
    check_any("Bank ddou$\nFeb. NYSE:ST LB) der");
    check_any("Feb. NYSE:ST LB) der");
}
