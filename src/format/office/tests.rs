use std::io::{Cursor, Write};

use jiff::civil::date;

use crate::format::check::read;

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut packer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = ::zip::write::SimpleFileOptions::default().compression_method(::zip::CompressionMethod::Stored);
    for (path, text) in files {
        packer.start_file(*path, stored).unwrap();
        packer.write_all(text.as_bytes()).unwrap();
    }
    packer.finish().unwrap().into_inner()
}

const DOCX: &[(&str, &str)] = &[
    ("[Content_Types].xml", "<Types/>"),
    (
        "word/document.xml",
        "<w:document xmlns:w='x'><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Two halls</w:t></w:r></w:p>\
         <w:p><w:r><w:t>By Nora Ellingsen</w:t></w:r></w:p><w:p><w:r><w:t xml:space='preserve'>The plan </w:t></w:r><w:r><w:instrText>PAGE</w:instrText>\
         <w:t>costs $1.2bn.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Sales</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3.5%</w:t></w:r></w:p>\
         </w:tc></w:tr></w:tbl><w:p><w:r><w:t>More.</w:t></w:r></w:p></w:body></w:document>",
    ),
    (
        "docProps/core.xml",
        "<cp:coreProperties><dc:title>Document1</dc:title><dc:creator>typist</dc:creator></cp:coreProperties>",
    ),
];

#[test]
fn a_document_of_word_is_an_article() {
    for name in ["a.docx", "a.txt"] {
        let found = read(name, &zip(DOCX), 0);
        let article = found[0].as_ref().unwrap();
        assert_eq!(article.title, "Two halls");
        assert_eq!(article.authors, ["Nora Ellingsen"]);
        assert_eq!(article.body, "The plan costs $1.2bn.\n\nSales | 3.5%\n\nMore.");
    }
}

#[test]
fn a_document_without_its_text_is_refused() {
    let found = read("a.docx", &zip(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<x/>")]), 0);
    assert_eq!(found[0].as_ref().unwrap_err(), "is no document of Word: it has no word/document.xml");
    let bytes = zip(DOCX);
    let found = read("a.docx", &bytes[..bytes.len() / 2], 0);
    assert!(found[0].as_ref().unwrap_err().starts_with("is damaged"), "{found:?}");
}

#[test]
fn an_open_document_is_an_article() {
    let bytes = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            "<o:document-content><o:body><o:text><text:h>Two halls</text:h><text:p>The plan<text:s/>costs <text:span>$1.2bn</text:span>.\
             <office:annotation><text:p>typo?</text:p></office:annotation></text:p><text:p>More<text:tab/>words.</text:p></o:text></o:body></o:document-content>",
        ),
        ("meta.xml", "<m><meta:initial-creator>Nora Ellingsen</meta:initial-creator></m>"),
    ]);
    for name in ["a.odt", "a.zip"] {
        let found = read(name, &bytes, 0);
        let article = found[0].as_ref().unwrap();
        assert_eq!(
            (article.title.as_str(), article.body.as_str()),
            ("Two halls", "The plan costs $1.2bn.\n\nMore words.")
        );
        assert_eq!(article.authors, ["Nora Ellingsen"]);
    }
}

#[test]
fn every_chapter_of_a_book_is_an_article() {
    let chapter = |title: &str| {
        format!(
            "<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{}</p></body></html>",
            "Many words of it. ".repeat(12)
        )
    };
    let bytes = zip(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='OPS/a.opf'/></rootfiles></container>"),
        (
            "OPS/a.opf",
            "<package><metadata><dc:title>Harbor Weekly</dc:title><dc:date>2025-02-03</dc:date><dc:language>en</dc:language></metadata><manifest>\
             <item id='c' href='cover.xhtml'/><item id='n' href='nav.xhtml' properties='nav'/><item id='b' href='b%20b.xhtml'/><item id='a' href='a.xhtml'/>\
             </manifest><spine><itemref idref='c'/><itemref idref='n'/><itemref idref='b'/><itemref idref='a'/></spine></package>",
        ),
        ("OPS/cover.xhtml", "<html><body><img src='x'/></body></html>"),
        ("OPS/nav.xhtml", &chapter("Contents")),
        ("OPS/a.xhtml", &chapter("Second")),
        ("OPS/b b.xhtml", &chapter("First")),
    ]);
    let found = read("a.epub", &bytes, 0);
    let titles: Vec<&str> = found.iter().map(|found| found.as_ref().unwrap().title.as_str()).collect();
    assert_eq!(titles, ["First", "Second"]);
    let first = found[0].as_ref().unwrap();
    assert_eq!((first.id.as_str(), first.source.as_deref()), ("a.epub#1", Some("Harbor Weekly")));
    assert_eq!(first.published.as_ref().unwrap().day, date(2025, 2, 3));
}

#[test]
fn blanks_between_the_elements_of_a_document_are_not_its_text() {
    let document = "<w:document>\n <w:body>\n  <w:p>\n   <w:r>\n    <w:t>The pl</w:t>\n   </w:r>\n   <w:r>\n    <w:t>an of one</w:t><w:tab/><w:t>word.</w:t>\n   \
                    </w:r>\n  </w:p>\n </w:body>\n</w:document>";
    let found = read("a.docx", &zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", document)]), 0);
    assert_eq!(found[0].as_ref().unwrap().body, "The plan of one word.");
}

#[test]
fn an_export_of_a_database_in_a_document_is_cut_into_articles() {
    let article = |title: &str| {
        let lines = [
            title,
            "Harbor City Courier",
            "February 6, 2025",
            "Length: 3 words",
            "Body",
            "Three short words.",
            "End of Document",
        ];
        lines.map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).concat()
    };
    let document = format!("<w:document><w:body>{}{}</w:body></w:document>", article("First"), article("Second"));
    let bytes = zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)]);
    assert_eq!(crate::format::check::titles("a.docx", &bytes), ["#1 First", "#2 Second"]);
}
