//! The printed list of contents with the number of each page, which a browser that prints does not fill in.
//!
//! The page is printed once, the PDF tells on which of its pages each place of the contents is, and the page is printed again
//! with these numbers. They stand beside the text and move none of it, so nothing is elsewhere the second time; and that is looked at.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, ObjectIdentifier};
use regex::{Captures, Regex};

/// On which page, from 1, each place is that a link of the paper leads to. None where the PDF does not read, has no such list
/// (`Dests` of its catalogue, where Chromium writes it), or leads to what is none of its pages.
pub(super) fn places(paper: &[u8]) -> Option<BTreeMap<String, usize>> {
    let paper = Pdf::new(paper.to_vec()).ok()?;
    let pages = paper.pages().iter().zip(1..);
    let number: Option<BTreeMap<ObjectIdentifier, usize>> = pages
        .map(|(page, number)| Some((page.raw().obj_id()?, number)))
        .collect();
    let number = number?;
    let root: Dict<'_> = paper.xref().get(paper.xref().root_id())?;
    let dests: Dict<'_> = root.get("Dests")?;
    let places = dests.keys().map(|name| {
        let to: Array<'_> = dests.get(&name)?;
        let page = to.raw_iter().next()?.as_obj_ref()?;
        Some((name.as_str().to_owned(), *number.get(&page.into())?))
    });
    places.collect()
}

/// The page with a number behind each line of its printed contents; `of` says which, by the place it leads to.
pub(super) fn numbered(page: &str, of: impl Fn(&str) -> Option<usize>) -> Option<String> {
    let from = page.find("<nav class=\"paper-contents\"")?;
    let (before, rest) = page.split_at(from);
    let (contents, after) = rest.split_at(rest.find("</nav>")?);
    let link = Regex::new("<a href=\"#([^\"]+)\">[^<]*</a>").ok()?;
    let contents = link.replace_all(contents, |found: &Captures<'_>| {
        let (link, [place]) = found.extract();
        let number = of(place).map_or_else(String::new, |number| number.to_string());
        format!("{link}<span class=\"on-page\">{number}</span>")
    });
    Some(format!("{before}{contents}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three pages in two trees, in the form that Chromium writes.
    fn paper() -> Vec<u8> {
        let objects = [
            "<</Type /Page\n/Parent 4 0 R>>",
            "<</Type /Page\n/Parent 4 0 R>>",
            "<</Type /Page\n/Parent 6 0 R>>",
            "<</Type /Pages\n/Count 2\n/Kids [2 0 R 1 0 R]\n/Parent 6 0 R>>",
            "<</summary [2 0 R /XYZ 6 777.75 0]\n/group-failing [1 0 R /XYZ 6 7 0]\n/calls [3 0 R /XYZ 6 7 0]>>",
            "<</Type /Pages\n/Count 3\n/Kids [4 0 R 3 0 R]>>",
            "<</Type /Catalog\n/Pages 6 0 R\n/Dests 5 0 R>>",
        ];
        let mut text = "%PDF-1.4\n".to_owned();
        let mut table = "0000000000 65535 f \n".to_owned();
        for (object, number) in objects.iter().zip(1..) {
            table.push_str(&format!("{:010} 00000 n \n", text.len()));
            text.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
        }
        let at = text.len();
        text.push_str(&format!(
            "xref\n0 8\n{table}trailer\n<</Size 8\n/Root 7 0 R\n/Info 1 0 R>>\nstartxref\n{at}\n%%EOF\n"
        ));
        text.into_bytes()
    }

    #[test]
    fn each_place_is_on_the_page_that_its_tree_says() {
        let places = places(&paper()).unwrap();
        let told: Vec<(&str, usize)> = places
            .iter()
            .map(|(name, page)| (name.as_str(), *page))
            .collect();
        assert_eq!(told, [("calls", 3), ("group-failing", 2), ("summary", 1)]);
    }

    #[test]
    fn what_is_no_paper_or_leads_to_no_page_has_no_numbers() {
        assert_eq!(places(b""), None);
        assert_eq!(places(b"<html></html>"), None);
        let text = String::from_utf8(paper()).unwrap();
        for (was, is) in [("/calls [3 0 R", "/calls [4 0 R"), ("/Dests 5", "/Names 5")] {
            assert_eq!(places(text.replace(was, is).as_bytes()), None, "{is}");
        }
    }

    #[test]
    fn numbers_stand_behind_the_links_of_the_printed_contents_and_nowhere_else() {
        let page = "<a href=\"#a\">A</a><nav class=\"paper-contents\"><a href=\"#a\">A</a> <a href=\"#b\">B</a></nav><a href=\"#a\">A</a>";
        let told = numbered(page, |place| (place == "a").then_some(7)).unwrap();
        assert_eq!(
            told,
            "<a href=\"#a\">A</a><nav class=\"paper-contents\"><a href=\"#a\">A</a><span class=\"on-page\">7</span> \
             <a href=\"#b\">B</a><span class=\"on-page\"></span></nav><a href=\"#a\">A</a>"
        );
        assert_eq!(numbered("<p>a page of somebody's own</p>", |_| None), None);
    }
}
