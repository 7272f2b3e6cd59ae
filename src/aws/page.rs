//! Listings, page by page, to the end.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Missing, Reply, Site};
use crate::inventory::intake::Intake;
use crate::inventory::schema::Fields;
use crate::inventory::{Gap, Read, Reason, Source, Told};

tokio::task_local! {
    /// The number of the page that is asked for: said beside the call, because the calls are the collectors' own.
    static PAGE: u32;
}

/// The number of the page, from 1, that the call in hand asks for; none where it is no page of a listing.
pub(super) fn number() -> Option<u32> {
    PAGE.try_with(|number| *number).ok()
}

/// Where a page says the listing goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// It was the last.
    End,
    /// Ask again with this token.
    Next(String),
    /// It says there is more and does not say how to get it.
    Cut,
}

impl Turn {
    /// For operations that send a token exactly when there is more. AWS sends some as empty text on the last page.
    pub fn to(token: Option<&str>) -> Self {
        match token {
            None | Some("") => Self::End,
            Some(token) => Self::Next(token.to_owned()),
        }
    }

    /// For operations that say apart whether there is more. A token is followed whatever is said beside it: a call too
    /// many loses nothing.
    pub fn marked(more: bool, token: Option<&str>) -> Self {
        match (more, Self::to(token)) {
            (true, Self::End) => Self::Cut,
            (_, turn) => turn,
        }
    }
}

/// Asks for pages until the last, and hands each to `each`. Returns the gap that made the listing incomplete:
/// a page that could not be read, lacks its list, or leads nowhere. What came before it has been handed on.
pub async fn pages<T>(
    ask: impl AsyncFn(Option<String>) -> Reply<T>,
    turn: impl Fn(&T) -> Turn,
    each: impl AsyncFn(&Told<T>) -> Result<(), Missing>,
) -> Result<(), Arc<Gap>> {
    let mut number = 0;
    let mut token = None;
    let mut asked = BTreeSet::new();
    loop {
        number += 1;
        let page = PAGE.scope(number, ask(token)).await.told()?;
        each(&page).await.map_err(|missing| page.lacks(missing))?;
        token = match after(&page, &mut asked, &turn)? {
            None => return Ok(()),
            next => next,
        }
    }
}

/// Lists a kind: every page counts as a call that listed it, and a page that could not be read makes it incomplete.
pub async fn list<K: Fields, T>(
    site: &Site,
    intake: &Intake,
    ask: impl AsyncFn(Option<String>) -> Reply<T>,
    turn: impl Fn(&T) -> Turn,
    each: impl AsyncFn(&Told<T>) -> Result<(), Missing>,
) {
    let (account, region) = (&site.account, &site.region);
    let listing = pages(ask, turn, async |page| {
        intake.listed::<K>(account, region, &page.source);
        each(page).await
    });
    if let Err(gap) = listing.await {
        intake.incomplete::<K>(account, region, gap);
    }
}

/// As [`list`], to so many pages. That there are more is a gap: what was left off may be anything.
pub async fn list_to<K: Fields, T>(
    (site, intake, most): (&Site, &Intake, usize),
    ask: impl AsyncFn(Option<String>) -> Reply<T>,
    turn: impl Fn(&T) -> Turn,
    each: impl AsyncFn(&Told<T>) -> Result<(), Missing>,
) {
    let read = AtomicUsize::new(0);
    let left = |page: &T| read.load(Ordering::Relaxed) >= most && turn(page) != Turn::End;
    list::<K, T>(
        site,
        intake,
        ask,
        |page| if left(page) { Turn::End } else { turn(page) },
        async |page| {
            read.fetch_add(1, Ordering::Relaxed);
            each(page).await?;
            if left(&page.value) {
                let gap = left_off(&page.source, &format!("after {most} pages there are more"));
                intake.incomplete::<K>(&site.account, &site.region, gap);
            }
            Ok(())
        },
    )
    .await;
}

/// The gap of what a scan does not ask for, though there may be some.
pub fn left_off(source: &Source, why: &str) -> Arc<Gap> {
    Arc::new(Gap {
        service: source.service.clone(),
        operation: source.operation.clone(),
        account: source.account.clone(),
        region: source.region.clone(),
        parameters: source.parameters.clone(),
        reason: Reason::NotAsked,
        code: None,
        message: why.to_owned(),
        action: String::new(),
        request_id: source.request_id.clone(),
    })
}

/// A whole listing as one fact: all or nothing, told by the last page, which is the one that says it is the last.
pub async fn gather<T, U>(
    ask: impl AsyncFn(Option<String>) -> Reply<T>,
    turn: impl Fn(&T) -> Turn,
    take: impl Fn(&T) -> Result<Vec<U>, Missing>,
) -> Read<Vec<U>> {
    let mut number = 0;
    let mut token = None;
    let mut asked = BTreeSet::new();
    let mut all = Vec::new();
    loop {
        number += 1;
        let page = PAGE.scope(number, ask(token)).await.told()?;
        all.extend(take(&page.value).map_err(|missing| page.lacks(missing))?);
        token = match after(&page, &mut asked, &turn)? {
            None => return page.fact(all),
            next => next,
        }
    }
}

/// What a listing told, as far as it could be read.
#[derive(Debug)]
pub struct Part<U> {
    /// The members, each told by the page that it stands on.
    pub members: Vec<Told<U>>,
    /// The page that says it is the last; or why no such page was read.
    pub end: Read<()>,
}

/// As [`gather`], as far as it comes: what stands before a page that is lost is kept.
pub async fn gather_part<T, U>(
    ask: impl AsyncFn(Option<String>) -> Reply<T>,
    turn: impl Fn(&T) -> Turn,
    take: impl Fn(&T) -> Vec<U>,
) -> Part<U> {
    let mut number = 0;
    let mut token = None;
    let mut asked = BTreeSet::new();
    let mut members = Vec::new();
    let end = loop {
        number += 1;
        let page = match PAGE.scope(number, ask(token)).await.told() {
            Ok(page) => page,
            Err(gap) => break Err(gap),
        };
        members.extend(take(&page.value).into_iter().map(|value| Told {
            value,
            source: page.source.clone(),
        }));
        token = match after(&page, &mut asked, &turn) {
            Err(gap) => break Err(gap),
            Ok(None) => break page.fact(()),
            Ok(next) => next,
        }
    };
    Part { members, end }
}

/// The token of the page after this one; none after the last. `asked` are the tokens followed so far.
fn after<T>(
    page: &Told<T>,
    asked: &mut BTreeSet<String>,
    turn: impl Fn(&T) -> Turn,
) -> Result<Option<String>, Arc<Gap>> {
    match turn(&page.value) {
        Turn::End => Ok(None),
        // A token that leads back to a page that was read would be followed for ever.
        Turn::Next(next) if !asked.insert(next.clone()) => Err(page.lacks(Missing(
            "the listing repeats a continuation token".to_owned(),
        ))),
        Turn::Next(next) => Ok(Some(next)),
        Turn::Cut => Err(page.lacks(super::missing("the token of its next page"))),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use super::{Turn, gather, gather_part, number, pages};
    use crate::aws::Reply;
    use crate::inventory::intake::example_source;
    use crate::inventory::{Reason, Told};

    /// A page that goes on where these say, by how many were asked for before.
    fn page(next: &[&str], asked: &Cell<usize>) -> Reply<String> {
        let at = asked.replace(asked.get() + 1);
        Reply::Told(Told {
            value: next[at % next.len()].to_owned(),
            source: example_source("111122223333", "eu-west-1"),
        })
    }

    #[tokio::test]
    async fn a_listing_that_goes_in_a_circle_ends_as_a_gap() {
        for circle in [&["a"][..], &["a", "b"], &["a", "b", "c"]] {
            let asked = Cell::new(0);
            let turn = |next: &String| Turn::to(Some(next));
            let walked = pages(async |_| page(circle, &asked), turn, async |_| Ok(()));
            let gap = walked.await.unwrap_err();
            assert_eq!(gap.reason, Reason::Malformed);
            assert_eq!(
                asked.get(),
                circle.len() + 1,
                "each page, and the first again"
            );

            let asked = Cell::new(0);
            let all = gather(
                async |_| page(circle, &asked),
                turn,
                |next| Ok(vec![next.clone()]),
            );
            assert!(all.await.is_err());
        }
    }

    #[tokio::test]
    async fn what_stands_before_a_lost_page_is_kept() {
        let all = async |next: &[&str]| {
            let asked = Cell::new(0);
            let ask = async |_| page(next, &asked);
            let turn = |next: &String| Turn::to(Some(next));
            gather_part(ask, turn, |next| vec![next.clone()]).await
        };
        let told = |part: &super::Part<String>| -> Vec<String> {
            part.members.iter().map(|one| one.value.clone()).collect()
        };
        let whole = all(&["a", "b", ""]).await;
        assert_eq!(
            (told(&whole), whole.end.is_ok()),
            (vec!["a".into(), "b".into(), String::new()], true)
        );
        let circle = all(&["a", "a"]).await;
        assert_eq!(told(&circle), ["a", "a"]);
        assert_eq!(circle.end.unwrap_err().reason, Reason::Malformed);
    }

    #[tokio::test]
    async fn a_call_knows_which_page_it_asks_for() {
        let (asked, seen) = (Cell::new(0), RefCell::new(Vec::new()));
        let ask = async |_| {
            seen.borrow_mut().push(number());
            page(&["a", "b", ""], &asked)
        };
        let all = gather(ask, |next| Turn::to(Some(next)), |_| Ok(vec![()]));
        assert_eq!(all.await.unwrap().value.len(), 3);
        assert_eq!(seen.take(), [Some(1), Some(2), Some(3)]);
        assert_eq!(number(), None);
    }

    #[test]
    fn a_listing_goes_on_where_either_mark_says_so() {
        let next = Turn::Next("t".to_owned());
        assert_eq!(Turn::marked(true, Some("t")), next);
        assert_eq!(Turn::marked(false, Some("t")), next);
        assert_eq!(Turn::marked(true, None), Turn::Cut);
        assert_eq!(Turn::marked(true, Some("")), Turn::Cut);
        assert_eq!(Turn::marked(false, None), Turn::End);
        assert_eq!(Turn::marked(false, Some("")), Turn::End);
    }
}
