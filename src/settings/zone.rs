//! The zone of the machine, without a look at all zones that there are.

use std::fs;
use std::path::Path;

use jiff::tz::TimeZone;

/// Where a Unix machine links to the rules of its zone.
const LOCAL: &str = "/etc/localtime";

/// What stands before a zone's name in the place that is linked to.
const ZONES: &str = "/zoneinfo/";

/// The zone of the machine.
///
/// The library finds it by its name among all zones, and reads their folder for it: a millisecond, a sixth of a search.
/// The link leads to the rules themselves. Where it does not, or a variable says otherwise, the library is asked.
pub(super) fn system() -> TimeZone {
    let named = std::env::var_os("TZ").is_some();
    linked(Path::new(LOCAL)).filter(|_| !named).unwrap_or_else(TimeZone::system)
}

/// The zone whose rules the link `link` leads to, under the name that its place has.
fn linked(link: &Path) -> Option<TimeZone> {
    let place = fs::read_link(link).ok()?;
    let (_, name) = place.to_str()?.rsplit_once(ZONES)?;
    TimeZone::tzif(name, &fs::read(link).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_the_one_that_the_library_finds() {
        let now = jiff::Timestamp::now();
        let (ours, theirs) = (system(), TimeZone::system());
        assert_eq!(ours.to_offset(now), theirs.to_offset(now));
        assert_eq!(ours.iana_name().is_some(), theirs.iana_name().is_some());
    }

    #[test]
    fn what_is_no_link_to_a_zone_gives_none() {
        assert!(linked(Path::new("/nowhere/localtime")).is_none());
        assert!(linked(Path::new(env!("CARGO_MANIFEST_DIR"))).is_none());
    }
}
