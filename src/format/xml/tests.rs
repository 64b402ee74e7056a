use jiff::civil::date;

use crate::format::check::{article, read, titles};

const RSS: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:dc=\"x\"><channel><title>Brightwater Wire</title>\
    <language>en-us</language><link>https://example.com</link>\
    <item><title>Rates &amp;amp; prices</title><link>https://example.com/1</link><pubDate>Mon, 03 Feb 2025 08:15:00 GMT</pubDate>\
    <dc:creator>Nora Ellingsen</dc:creator><description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description></item>\
    <item><title>Second</title><description><![CDATA[Short <b>text</b>.]]></description></item></channel></rss>";

#[test]
fn an_item_of_a_feed_is_an_article() {
    let found = read("a.xml", RSS.as_bytes(), 0);
    let first = found[0].as_ref().unwrap();
    assert_eq!((first.id.as_str(), first.title.as_str()), ("a.xml#1", "Rates & prices"));
    assert_eq!(first.body, "One.\n\nTwo.");
    assert_eq!(first.authors, ["Nora Ellingsen"]);
    assert_eq!(first.published.as_ref().unwrap().day, date(2025, 2, 3));
    assert_eq!(first.url.as_deref(), Some("https://example.com/1"));
    assert_eq!((first.source.as_deref(), first.language.as_deref()), (Some("Brightwater Wire"), Some("en")));
    assert_eq!(found[1].as_ref().unwrap().body, "Short text.");
    assert_eq!(found.len(), 2);
    assert_eq!(titles("a.txt", RSS.as_bytes()).len(), 2, "content decides");
}

#[test]
fn atom_is_read() {
    let text = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Kurse</title><entry><id>tag:1</id><title type='html'>Zins</title>\
        <link rel='self' href='https://example.com/x'/><link href='https://example.com/1'/><updated>2025-02-03T08:00:00Z</updated>\
        <author><name>Nora Ellingsen</name></author><content type='xhtml'><div><p>Eins</p><p>Zwei</p></div></content></entry></feed>";
    let article = article("a.atom", text);
    assert_eq!((article.title.as_str(), article.body.as_str()), ("Zins", "Eins\n\nZwei"));
    assert_eq!(article.url.as_deref(), Some("https://example.com/1"));
    assert_eq!((article.language.as_deref(), article.id.as_str()), (Some("de"), "a.atom#1"));
    assert_eq!(article.published.unwrap().day, date(2025, 2, 3));
}

#[test]
fn nitf_is_read() {
    let text = "<nitf><head><title>x</title><docdata><doc-id id-string='n1'/><date.issue norm='20250203T081500+0100'/></docdata>\
        <pubdata name='Harbor Post'/></head><body><body.head><hedline><hl1>Two halls</hl1></hedline><byline>By <person>Nora Ellingsen</person></byline>\
        <dateline><location>OSLO</location></dateline></body.head><body.content><p>The <org idsrc='NYSE' value='VNT'>Vantrell</org> plan.</p>\
        <p>More.</p></body.content></body></nitf>";
    let article = article("a.nitf", text);
    assert_eq!((article.title.as_str(), article.body.as_str()), ("Two halls", "OSLO - The Vantrell plan.\n\nMore."));
    assert_eq!((article.authors, article.source.as_deref()), (vec!["Nora Ellingsen".to_owned()], Some("Harbor Post")));
    assert_eq!((article.listed_tickers, article.id.as_str()), (vec!["VNT".to_owned()], "a.nitf"));
    assert_eq!(article.published.unwrap().day, date(2025, 2, 3));
}

#[test]
fn newsml_g2_is_read() {
    let text = "<newsMessage><itemSet><newsItem guid='urn:1'><itemMeta><versionCreated>2025-02-04T10:00:00Z</versionCreated>\
        <provider><name>Harbor Wire</name></provider></itemMeta><contentMeta><contentCreated>2025-02-03T10:00:00Z</contentCreated>\
        <by>Nora Ellingsen</by><headline>Two halls</headline><language tag='en'/></contentMeta><contentSet><inlineXML><html><body>\
        <p>First.</p><p>Second.</p></body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>";
    let article = article("a.xml", text);
    assert_eq!((article.title.as_str(), article.body.as_str()), ("Two halls", "First.\n\nSecond."));
    assert_eq!(article.published.unwrap().day, date(2025, 2, 3));
    assert_eq!((article.source.as_deref(), article.language.as_deref()), (Some("Harbor Wire"), Some("en")));
}

#[test]
fn newsml_1_is_read() {
    let text = "<NewsML><NewsItem><Identification><NewsIdentifier><DateId>20250203</DateId><NewsItemId>n7</NewsItemId></NewsIdentifier></Identification>\
        <NewsComponent><NewsLines><HeadLine>Two halls</HeadLine><ByLine>By Nora Ellingsen</ByLine></NewsLines><ContentItem><DataContent>\
        <p>First.</p><p>Second.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>";
    let article = article("a.newsml", text);
    assert_eq!((article.title.as_str(), article.body.as_str()), ("Two halls", "First.\n\nSecond."));
    assert_eq!(article.record_id.as_deref(), Some("n7"));
    assert_eq!(article.published.unwrap().day, date(2025, 2, 3));
}

#[test]
fn reuters_sgml_is_read() {
    let text = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\" NEWID=\"7\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TOPICS><D>earn</D></TOPICS>\n\
        <UNKNOWN>\n&#5;&#5;F Y\n</UNKNOWN><TEXT>&#2;\n<TITLE>VANTRELL &lt;VNT> YEAR NET</TITLE>\n<DATELINE>    OSLO, Feb 26 - </DATELINE><BODY>Net was up\nby a third.\n\
        \u{20}   Sales fell.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n<REUTERS NEWID=\"8\"><TEXT><TITLE>SECOND</TITLE></TEXT></REUTERS>";
    let found = read("a.sgm", text.as_bytes(), 0);
    let first = found[0].as_ref().unwrap();
    assert_eq!(first.title, "VANTRELL <VNT> YEAR NET");
    assert_eq!(first.body, "OSLO, Feb 26 - Net was up by a third.\n\nSales fell.");
    assert_eq!(first.published.as_ref().unwrap().day, date(1987, 2, 26));
    assert_eq!(titles("a.sgm", text.as_bytes()), ["#1 VANTRELL <VNT> YEAR NET", "#2 SECOND"]);
}

#[test]
fn other_xml_is_named() {
    assert_eq!(
        titles("a.xml", b"<?xml version='1.0'?>\n<invoice><total>3</total></invoice>"),
        ["is XML without an article known here: its root is invoice"]
    );
    assert_eq!(titles("a.xml", b""), ["is empty"]);
}

#[test]
fn a_declared_encoding_is_believed() {
    let mut bytes = b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><item><title>Z\xfcrich</title></item></channel></rss>".to_vec();
    assert_eq!(titles("a.rss", &bytes), ["#1 Zürich"]);
    bytes.truncate(bytes.len() - 40);
    assert_eq!(titles("a.rss", &bytes).len(), 1, "what is cut off is read as far as it goes");
}

#[test]
fn rdf_is_read() {
    let text = "<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/' xmlns:dc='d'><channel><title>Harbor</title><items><rdf:Seq/></items></channel>\
        <item rdf:about='https://example.com/1'><title>One</title><link>https://example.com/1</link><dc:date>2025-02-03</dc:date>\
        <description>Words.</description></item></rdf:RDF>";
    let article = article("a.rdf.xml", text);
    assert_eq!(
        (article.title.as_str(), article.source.as_deref(), article.body.as_str()),
        ("One", Some("Harbor"), "Words.")
    );
    assert_eq!(article.published.unwrap().day, date(2025, 2, 3));
}
