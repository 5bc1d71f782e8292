use std::borrow::Cow;

use edge::receipt::tag;
use events::Record;

use crate::world::{World, browser};

#[test]
fn a_view_gives_the_pixel_and_a_record() {
    let world = World::new();
    let answer = world.edge.view(&browser("/i/go?sub1=banner"));
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 43));
    assert_eq!(world.edge.view(&browser("/i/nothing")).body.len(), 43);
    let mut subs = Vec::new();
    world.records(&mut |record| {
        let Record::View(view) = record else { panic!("a view") };
        subs.push(view.subs[0].to_owned());
    });
    assert_eq!(subs, ["banner"]);
}

#[test]
fn the_script_is_kept_by_its_tag() {
    let answer = tag::script(&browser("/t.js"), false);
    let etag = answer.headers.get("etag").and_then(|value| value.to_str().ok()).expect("a tag").to_owned();
    assert!(answer.body.starts_with(b"/* Tributary"));
    let strict = tag::script(&browser("/t.js"), true);
    assert!(String::from_utf8_lossy(&strict.body).contains("var asks = true;"));
    assert_ne!(strict.headers.get("etag"), answer.headers.get("etag"), "a cache tells them apart");
    let mut again = browser("/t.js");
    again.if_none_match = Cow::Owned(format!("W/{etag}"));
    let kept = tag::script(&again, false);
    assert_eq!((kept.status.as_u16(), kept.body.len()), (304, 0));
}
