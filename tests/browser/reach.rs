//! Who reads the page otherwise than with a mouse on a wide screen: by keyboard, by ear, magnified, on a phone.

use serde_json::{Value, json};

use crate::{Page, sample};

/// Everything unfolded, as a reader may have it.
const UNFOLD: &str =
    "for (const folded of document.querySelectorAll('details')) folded.open = true;";

#[test]
fn landmarks_and_headings_lead_through_it() {
    let page = Page::of(&sample::company::report(1));
    let found = page.probe(
        1280,
        "",
        "const all = (what) => [...document.querySelectorAll(what)];
         const levels = all('h1, h2, h3, h4').map((heading) => Number(heading.tagName[1]));
         return {
           lang: document.documentElement.lang,
           first: document.querySelector('a').hash,
           landmarks: ['body > header', 'nav[aria-label]', 'main', 'body > footer', '[role=search][aria-label]']
             .map((landmark) => all(landmark).filter((part) => part.checkVisibility()).length),
           tops: levels.filter((level) => level === 1).length,
           skipped: levels.filter((level, n) => n > 0 && level > levels[n - 1] + 1).length,
           unnamed: all('main > section').filter((part) => !document.getElementById(part.getAttribute('aria-labelledby'))).length,
         };",
    );
    assert_eq!(
        found,
        json!({
            "lang": "en", "first": "#main", "landmarks": [1, 1, 1, 1, 1], "tops": 1, "skipped": 0, "unnamed": 0
        })
    );
}

#[test]
fn every_table_says_what_its_cells_are() {
    let page = Page::of(&sample::company::report(1));
    let script = "const all = (what) => [...document.querySelectorAll(what)];
        return {
          tables: all('table').length,
          unscoped: all('th:not([scope])').length,
          headless: all('table').filter((table) => !table.querySelector('thead, caption')).length,
          rowless: all('tbody tr').filter((row) => !row.querySelector('th')).length,
        };";
    let found = page.probe(1280, "", script);
    assert!(found["tables"].as_u64().unwrap() > 100, "{found}");
    for none in ["unscoped", "headless", "rowless"] {
        assert_eq!(found[none], 0, "{none}");
    }
}

/// WCAG 2.2: reflow (1.4.10) at the width of a phone and of a window magnified twice, and target size (2.5.8).
#[test]
fn nothing_reaches_over_the_edge_and_every_target_can_be_hit() {
    let page = Page::of(&sample::company::report(1));
    let script = "
        const shown = (node) => node.checkVisibility() && node.getClientRects().length > 0;
        const small = [...document.querySelectorAll('button, select, input, summary, nav a')]
          .filter((node) => shown(node) && node.getBoundingClientRect().height < 24)
          .map((node) => node.outerHTML.slice(0, 120));
        const scrolls = (node) => node && (getComputedStyle(node).overflowX !== 'visible' || scrolls(node.parentElement));
        const over = [...document.querySelectorAll('body *')]
          .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !scrolls(node.parentElement))
          .map((node) => node.outerHTML.slice(0, 120));
        return { wide: document.documentElement.scrollWidth - innerWidth, width: innerWidth, small, over };";
    for width in [500, 640, 1280] {
        let found = page.probe(width, "", &format!("{UNFOLD} {script}"));
        assert_eq!(found["width"], width, "the window is as asked");
        assert_eq!(found["over"], json!([]), "{width}");
        assert_eq!(found["small"], json!([]), "{width}");
        assert!(found["wide"].as_i64().unwrap() <= 0, "{width}: {found}");
    }
}

#[test]
fn keys_find_and_leave_the_search_and_the_focus_shows() {
    let page = Page::of(&sample::small());
    let script = "
        const key = (node, name) => node.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
        key(document.body, '/');
        const search = document.activeElement;
        const ring = getComputedStyle(search).outlineStyle + ' ' + getComputedStyle(search).outlineWidth;
        search.value = 'acme';
        key(search, 'Escape');
        return {
          name: search.name, ring, left: search.value,
          ahead: document.querySelectorAll('[tabindex]:not([tabindex=\"0\"]):not([tabindex=\"-1\"])').length,
        };";
    let found = page.probe(1280, "", script);
    assert_eq!(
        found,
        json!({ "name": "q", "ring": "solid 2px", "left": "", "ahead": 0 })
    );
}

/// Whoever prints a filtered page holds a part of the report, and must see that it is one.
#[test]
fn a_filter_says_so_on_paper_too() {
    let page = Page::of(&sample::small());
    let script = "const note = document.getElementById('filtered'); return note.hidden ? null : note.textContent;";
    assert_eq!(page.probe(1280, "", script), Value::Null);
    assert_eq!(
        page.probe(1280, "#criterion=tsc2017:C1.1&outcome=pass", script),
        "Filtered by outcome pass, criterion tsc2017:C1.1: 1 of 5 verdicts."
    );
}

#[test]
fn an_address_that_leads_nowhere_says_why() {
    let page = Page::of(&sample::small());
    let script = "return document.getElementById('not-here').hidden;";
    assert_eq!(page.probe(1280, "#verdict-0123456789abcdef", script), false);
    assert_eq!(page.probe(1280, "#summary", script), true);
}
