use crate::format::check::titles;

fn check(text: &str, expected: &[&str]) {
    assert_eq!(titles("a.json", text.as_bytes()), expected, "{text}");
}

#[test]
fn one_record_is_the_whole_file() {
    check("{\"title\":\"one\"}", &["one"]);
    check("\u{feff} {\n  \"title\": \"one } ] \\\" \",\n  \"x\": [{\"a\": [1]}]\n}\n", &["one } ] \""]);
}

#[test]
fn a_list_is_numbered() {
    check("[{\"title\":\"one\"},{\"title\":\"two\"}]", &["#1 one", "#2 two"]);
    check("[\n  {\n    \"title\": \"one\"\n  },\n  {\n    \"title\": \"two\"\n  }\n]\n", &["#1 one", "#2 two"]);
    check("[]", &[]);
}

#[test]
fn a_list_inside_an_object_is_read() {
    check("{\"status\":\"ok\",\"articles\":[{\"title\":\"one\"},{\"title\":\"two\"}],\"n\":2}", &["#1 one", "#2 two"]);
    check("{\n \"tags\": [1],\n \"data\" : [\n  {\"title\":\"one\"}]}", &["#1 one"]);
}

#[test]
fn a_list_of_an_article_stays_part_of_it() {
    check("{\"title\":\"one\",\"text\":\"w\",\"items\":[{\"title\":\"two\"}]}", &["one"]);
    check("{\"title\":\"one\",\"tags\":[{\"title\":\"two\"}]}", &["one"]);
}

#[test]
fn json_lines_are_seen() {
    check("{\"title\":\"one\"}\n{\"title\":\"two\"}\n\n{\"title\":\"three\"}", &["#1 one", "#2 two", "#4 three"]);
    check(
        "\n{\"title\":\"one\"}\n\n{\"title\":\"tw}\n{\"title\":\"three\"}",
        &["#2 one", "#4: is broken JSON: EOF while parsing a string at column 13", "#5 three"],
    );
}

#[test]
fn a_broken_first_line_costs_that_line_only() {
    check(
        "{\"title\":\"on\n{\"title\":\"two\"}\n{\"title\":\"three\"}\n",
        &["#1: is broken JSON: EOF while parsing a string at column 12", "#2 two", "#3 three"],
    );
}

#[test]
fn records_of_many_lines_may_follow_each_other() {
    check("{\n\"title\":\"one\"\n}\n{\n\"title\":\"two\"\n}\n", &["#1 one", "#2 two"]);
}

#[test]
fn a_broken_element_costs_that_element_only() {
    check(
        "[\n{\"title\":\"one\"},\n{\"title\":\"tw},\n{\"title\":\"three\"}\n]",
        &["#1 one", "#2: is broken JSON: EOF while parsing a string at column 14", "#3 three"],
    );
    check(
        "[\n  {\n    \"title\": \"one\n  },\n  {\n    \"title\": \"two\"\n  }\n]",
        &[
            "#1: is broken JSON: control character (\\u0000-\\u001F) found while parsing a string at line 3 of the record, column 0",
            "#2 two",
        ],
    );
    check(
        "[{\"title\":\"one\"}, nonsense, {\"title\":\"three\"}]",
        &["#1 one", "#2: is broken JSON: expected ident at column 2", "#3 three"],
    );
}

#[test]
fn a_cut_off_list_gives_what_it_has() {
    check(
        "[{\"title\":\"one\"},{\"title\":\"tw",
        &["#1 one", "#2: is broken JSON: EOF while parsing a string at column 12", "ends before its list is closed"],
    );
    check("[{\"title\":\"one\"},", &["#1 one", "ends before its list is closed"]);
}

#[test]
fn an_element_that_is_too_long_costs_that_element_only() {
    check(
        &format!("[{{\"title\":\"{}\"}},{{\"title\":\"two\"}}]", "x".repeat(2000)),
        &["#1: is longer than 1000 bytes, the most for one article (article_bytes in the settings)", "#2 two"],
    );
}

#[test]
fn what_is_no_json_is_refused() {
    check("words", &["is no JSON record: it must begin with { or ["]);
    check("", &["is empty"]);
    check("  \n ", &["is empty"]);
    check("{\"title\":\"one\"", &["is broken JSON: EOF while parsing an object at column 14"]);
}
