//! Articles in other languages than English are found by other forms of their words, and by parts of words where
//! nothing parts these.

use crate::folder::Folder;

fn corpus() -> Folder {
    let folder = Folder::new();
    let texts = [
        (
            "de",
            "Bank hebt Prognosen\n\nDie Bank hat am Montag ihre Prognosen für das laufende Jahr erhöht und neue Häuser in Hamburg und München gekauft.",
        ),
        (
            "fr",
            "La banque rachète\n\nLa banque a annoncé lundi qu'elle rachetait des sociétés régionales et que ses bénéfices avaient progressé de 3,5 % cette année.",
        ),
        (
            "es",
            "Sube el beneficio\n\nEl banco anunció el lunes que sus beneficios crecieron este año y que comprará otras empresas regionales en el norte.",
        ),
        (
            "it",
            "Utili in crescita\n\nLa banca ha annunciato lunedì che gli utili delle società controllate sono cresciuti e che aprirà nuove filiali nel porto.",
        ),
        (
            "pt",
            "Lucros sobem\n\nO banco anunciou na segunda-feira que os lucros das empresas controladas subiram e que abrirá novas agências no interior.",
        ),
        (
            "nl",
            "Winst stijgt\n\nDe bank maakte maandag bekend dat de winsten van haar dochterbedrijven zijn gestegen en dat er nieuwe kantoren worden geopend.",
        ),
        (
            "ja",
            "日銀が政策金利を据え置き\n\n日本銀行は月曜日の金融政策決定会合で、政策金利を据え置くことを決めた。東京証券取引所の株価は上昇した。",
        ),
        ("zh", "央行维持利率不变\n\n中国人民银行周一宣布维持基准利率不变。上海证券交易所的股票价格上涨。"),
        (
            "en",
            "A port of call\n\nThe ship stayed at the port of Hamburg for a week, and the crew said that it was the best port of all they had seen.",
        ),
    ];
    for (name, text) in texts {
        folder.write(&format!("corpus/{name}.txt"), text);
    }
    folder.expect("index");
    folder
}

/// The question finds these articles.
fn check(folder: &Folder, question: &str, expected: &[&str]) {
    let ran = folder.run(&format!("search --format jsonl {question}"));
    let mut found: Vec<String> =
        ran.out.lines().map(|line| crate::folder::json(line)["id"].as_str().unwrap().replace(".txt", "")).collect();
    found.sort();
    assert_eq!(found, expected, "{question}");
}

#[test]
fn words_of_other_languages_are_found_in_all_their_forms() {
    let folder = corpus();
    check(&folder, "prognose", &["de"]);
    check(&folder, "haus", &["de"]);
    check(&folder, "societe", &["fr"]);
    check(&folder, "empresa", &["es", "pt"]);
    check(&folder, "empresa lang:es", &["es"]);
    check(&folder, "filiale", &["it"]);
    check(&folder, "lucro", &["pt"]);
    check(&folder, "winst", &["nl"]);
    check(&folder, "winst dochterbedrijf", &["nl"]);
    for (language, expected) in [("de", "de"), ("ja", "ja"), ("zh", "zh"), ("en", "en")] {
        check(&folder, &format!("lang:{language}"), &[expected]);
    }
}

#[test]
fn the_forms_of_one_language_are_not_looked_for_in_another() {
    let folder = corpus();
    check(&folder, "porti", &["it"]);
    let port = folder.expect("search port --format jsonl").out;
    assert!(port.contains("\"id\":\"en.txt\""), "{port}");
    let marked = folder.expect("search haus").out;
    assert!(marked.contains("Häuser"), "the passage shows what was found: {marked}");
}

#[test]
fn scripts_without_blanks_are_searched_by_parts() {
    let folder = corpus();
    check(&folder, "政策金利", &["ja"]);
    check(&folder, "東京証券取引所", &["ja"]);
    check(&folder, "金利", &["ja"]);
    check(&folder, "利率", &["zh"]);
    check(&folder, "証券", &["ja"]);
    check(&folder, "证券", &["zh"]);
    check(&folder, "京証取", &[]);
    check(&folder, "上昇株価", &[]);
}
