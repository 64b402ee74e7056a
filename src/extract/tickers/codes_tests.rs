use super::*;

/// The symbols read from `text`, bare candidates in brackets.
fn check(text: &str, expected: &str) {
    let found: Vec<String> = find(text)
        .iter()
        .map(|code| if code.form == Form::Bare { format!("({})", code.symbol) } else { code.symbol.clone() })
        .collect();
    assert_eq!(found.join(" "), expected, "{text}");
}

#[test]
fn exchange_and_symbol() {
    check("Nvidia (NASDAQ: NVDA) and GE (NYSE:GE) rose.", "NVDA GE");
    check("Berkshire (NYSE: BRK.B), (NYSE:BRK-B), (NYSE: BRK/B)", "BRK.B BRK.B BRK.B");
    check("Hollis & Wray (NYSE: HWY.A, NYSE: HWY.B) and (NYSE: HWY.A)", "HWY.A HWY.B HWY.A");
    check("Alphabet (NASDAQ: GOOG, GOOGL)", "GOOG GOOGL");
    check("Hollis & Wray (NYSE: HWY.A, HWY.B)", "HWY.A HWY.B");
    check("Alphabet (NASDAQ: GOOG)(NASDAQ: GOOGL)", "GOOG GOOGL");
    check("the fund (NYSEMKT: VUG) and (NYSE American: UEC), (NYSE Arca: SPY)", "VUG UEC SPY");
    check(
        "(LON: VOD) (TSX: SHOP) (ASX:BHP) (TYO: 7203) (HKG: 700) (KRX: 005930)",
        "VOD.L SHOP.TO BHP.AX 7203.T 0700.HK 005930.KS",
    );
    check("(TSX: SHOP, NYSE: SHOP) and (NYSE: SHOP; TSX: SHOP)", "SHOP.TO SHOP SHOP SHOP.TO");
    check("(Symbol: AAPL), ticker: MSFT", "AAPL MSFT");
    check(
        "(Euronext Paris: MC), (Nasdaq Stockholm: VOLV.B), (TSX-V: ABC), (OTC Pink: NSRGY)",
        "MC.PA VOLV.B.ST ABC.V NSRGY",
    );
    check("(GOOG/GOOGL)", "(GOOG) (GOOGL)");
    check("(NYSE and TSX: ENB)", "ENB ENB.TO");
}

#[test]
fn other_colons_are_no_codes() {
    check("At 10:30 the CEO said: IBM rose. Source: AP. Note: NYSE", "");
    check("Nasdaq: The market fell. NYSE: 15,000 shares", "");
    check("http://example.com/NYSE:", "");
    check("Profit (adjusted: see note) rose.", "");
}

#[test]
fn wire_codes() {
    check("Nvidia NVDA.O, <IBM.N> and ( AAPL.O ) rose", "NVDA IBM AAPL");
    check("BRKa.N DBKGn.DE NWSa.N VOWG_p.DE UNc.AS", "BRK.A DBKG.DE NWS.A VOWG.DE UN.C.AS");
    check("(TSMC) 2330.TW, TSM.N", "(TSMC) 2330.TW TSM");
    check("005930.KS 7203.T 0005.HK VOD.L 601398.SS", "005930.KS 7203.T 0005.HK VOD.L 601398.SS");
    check("( C.N ) and <T.N> ( BHP.AX )( BLT.L )", "C T BHP.AX BLT.L");
    check("It ends with IBM.N.", "IBM");
}

#[test]
fn glued_wire_codes() {
    check("Meta PlatformsMETA.O fell", "META");
    check("Tesla's TSLA.Ogrowth and ChevronCVX.Nadded", "TSLA CVX");
}

#[test]
fn two_wire_codes_are_glued_together() {
    check("Northwind NWRB.NNWRB.PA and RIM.TORIMM.O", "NWRB NWRB.PA RIM.TO RIMM");
    check("AMAZON.CO.UK J.P.MORGAN.COM U.S.A. U.S.N.", "");
}

#[test]
fn wire_codes_of_the_delisted_and_the_preferred() {
    check("Enron ENRNQ.PK^L04, LEH.N^I08 and PSHG_p.DE", "ENRNQ LEH PSHG.DE");
    check("STM <STM.BN>, 2010.SE, DELBt.BR", "STM.BN 2010.SE DELB.BR");
    check("0#.SPX .SPX^A01 US10YT=RR CLc1 JPY=D4 BONDS.XX", "");
}

#[test]
fn indices_futures_and_bonds_are_no_shares() {
    check("The S&P 500 .SPX, ESc1, US10YT=RR, EUR=, LCOc1 and GBP=D3was", "");
    check("Hewlett HWT.UL is private [.N] .N225", "");
    check("the U.S. and the U.N. and J.P. Morgan, D.C., N.V., S.A., No.1, 3.T and 4.5", "");
    check("amazon.co.uk AMAZON.CO.UK FT.COM", "");
}

#[test]
fn cashtags() {
    check("$NVDA and $BRK.B, $F", "NVDA BRK.B F");
    check("US$ $5 $1.2bn ($M) in $B $BTC $USD A$AAPL $Apple", "");
}

#[test]
fn terminal_codes() {
    check("AAPL US Equity and VOD LN Equity, 7203 JP Equity (MSFT US)", "AAPL VOD.L 7203.T MSFT");
    check("US Equity markets, Private Equity, the Equity", "");
}

#[test]
fn bare_codes_are_candidates() {
    check("Nvidia (NVDA), Alphabet (GOOG, GOOGL), ( GM - Get Report ), (BRK.B)", "(NVDA) (GOOG) (GOOGL) (GM) (BRK.B)");
    check("the International Monetary Fund (IMF)", "(IMF)");
}

#[test]
fn other_brackets_are_none() {
    check("(the company) (10) (Reuters) (U.S.) (Q4 2024) (A long bracket with NVDA in it) (", "");
    check("(日本) ($) (:) <> () [] (．) .", "");
}

#[test]
fn any_text_is_read() {
    for text in [
        "NYSE:",
        "é:NYSE",
        "NASDAQ:é",
        "$",
        "$é",
        "é.N",
        "A.é",
        "(é",
        " Equity",
        "é Equity",
        "é US Equity",
        "NYSE\u{a0}: IBM",
        "..",
        "_p.DE",
        "a.N",
    ] {
        for code in find(text) {
            assert!(text.get(code.place.clone()).is_some() && text.get(code.opens..).is_some(), "{text}");
        }
    }
}
