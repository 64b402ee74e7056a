//! `similar`, and `--recency`.

use super::*;

#[test]
fn similar_articles_are_found_without_the_one_itself() {
    let ran = check(&["similar", "plan.txt", "--format", "jsonl"], Exit::Found);
    assert!(ran.out.contains("\"wire.jsonl#1\"") && !ran.out.contains("\"id\":\"plan.txt\""), "{}", ran.out);
    let narrowed = check(&["similar", "plan.txt", "--since", "2026"], Exit::Nothing);
    assert_eq!(narrowed.out, "");
    assert_eq!(check(&["similar", "nowhere.txt"], Exit::Nothing).err, "there is no article nowhere.txt\n");
}

#[test]
fn a_half_life_is_a_number_of_days_or_more() {
    let ran = check(&["search", "spending", "--recency", "30d", "--explain"], Exit::Found);
    assert!(ran.out.contains("age: × "), "{}", ran.out);
    for (typed, expected) in [("30d", Some(30)), ("2w", Some(14)), ("1y", Some(365)), ("7", Some(7))] {
        assert_eq!(search::half_life(typed).ok(), expected, "{typed}");
    }
    for typed in ["0d", "d", "", "30x", "-1d", "99999999y"] {
        assert!(search::half_life(typed).is_err(), "{typed}");
    }
}
