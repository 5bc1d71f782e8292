//! How the conditions of two rules lie to one another.

use super::conditions::Conditions;

fn list<T: PartialEq>(wide: &[T], narrow: &[T]) -> bool {
    wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(|value| wide.contains(value)))
}

fn equal<T: PartialEq>(wide: Option<T>, narrow: Option<T>) -> bool {
    wide.is_none() || wide == narrow
}

/// Ends of a range; what is absent is open.
fn range<T: PartialOrd>(wide: Option<(Option<T>, Option<T>)>, narrow: Option<(Option<T>, Option<T>)>) -> bool {
    let Some((from, to)) = wide else { return true };
    let Some((inner_from, inner_to)) = narrow else { return false };
    from.is_none_or(|from| inner_from.is_some_and(|inner| inner >= from))
        && to.is_none_or(|to| inner_to.is_some_and(|inner| inner <= to))
}

/// Whether `wide` holds wherever `narrow` does.
pub fn covers(wide: &Conditions, narrow: &Conditions) -> bool {
    let sub = |(number, values): (&u8, &Vec<String>)| list(values, narrow.subs.get(number).map_or(&[], Vec::as_slice));
    equal(wide.goal_id, narrow.goal_id)
        && equal(wide.partner_id, narrow.partner_id)
        && equal(wide.customer, narrow.customer)
        && list(&wide.groups, &narrow.groups)
        && list(&wide.tags, &narrow.tags)
        && list(&wide.countries, &narrow.countries)
        && list(&wide.devices, &narrow.devices)
        && list(&wide.traffic_types, &narrow.traffic_types)
        && list(&wide.skus, &narrow.skus)
        && list(&wide.categories, &narrow.categories)
        && list(&wide.coupons, &narrow.coupons)
        && list(&wide.weekdays, &narrow.weekdays)
        && list(&wide.sources, &narrow.sources)
        && wide.subs.iter().all(sub)
        && range(
            wide.amount.map(|it| (it.from_minor, it.to_minor)),
            narrow.amount.map(|it| (it.from_minor, it.to_minor)),
        )
        && range(wide.nth_order.map(|it| (it.from, it.to)), narrow.nth_order.map(|it| (it.from, it.to)))
        && range(wide.dates.map(|it| (it.from, it.to)), narrow.dates.map(|it| (it.from, it.to)))
}

fn none_shared<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    !one.is_empty() && !other.is_empty() && !one.iter().any(|value| other.contains(value))
}

fn unlike<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Whether one range ends before the other begins.
fn beyond<T: PartialOrd>(
    one: Option<(Option<T>, Option<T>)>,
    other: Option<(Option<T>, Option<T>)>,
    ends: End,
) -> bool {
    let Some(((from, to), (other_from, other_to))) = one.zip(other) else { return false };
    let before = |to: Option<T>, from: Option<T>| {
        to.zip(from).is_some_and(|(to, from)| if ends == End::Included { to < from } else { to <= from })
    };
    before(to, other_from) || before(other_to, from)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Included,
    NotIncluded,
}

/// Whether no conversion meets both. Tags and lines of an order are many, so that two lists of them never stand apart.
pub fn is_apart(one: &Conditions, other: &Conditions) -> bool {
    let sub = |(number, values): (&u8, &Vec<String>)| {
        other.subs.get(number).is_some_and(|others| none_shared(values, others))
    };
    let amount = |it: &Conditions| it.amount.map(|range| (range.from_minor, range.to_minor));
    let nth = |it: &Conditions| it.nth_order.map(|range| (range.from, range.to));
    let dates = |it: &Conditions| it.dates.map(|range| (range.from, range.to));
    unlike(one.goal_id, other.goal_id)
        || unlike(one.partner_id, other.partner_id)
        || unlike(one.customer, other.customer)
        || none_shared(&one.groups, &other.groups)
        || none_shared(&one.countries, &other.countries)
        || none_shared(&one.devices, &other.devices)
        || none_shared(&one.traffic_types, &other.traffic_types)
        || none_shared(&one.coupons, &other.coupons)
        || none_shared(&one.weekdays, &other.weekdays)
        || none_shared(&one.sources, &other.sources)
        || one.subs.iter().any(sub)
        || beyond(amount(one), amount(other), End::NotIncluded)
        || beyond(nth(one), nth(other), End::Included)
        || beyond(dates(one), dates(other), End::Included)
}
