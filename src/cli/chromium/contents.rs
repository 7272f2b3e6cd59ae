//! The printed list of contents with the number of each page, which a browser that prints does not fill in.
//!
//! The page is printed once, the PDF tells on which of its pages each place of the contents is, and the page is printed again
//! with these numbers. They stand beside the text and move none of it, so nothing is elsewhere the second time; and that is looked at.

use std::collections::{BTreeMap, BTreeSet};

use regex::bytes::Regex as Bytes;
use regex::{Captures, Regex};

/// On which page, from 1, each place is that a link of the paper leads to. None where the PDF is not of the plain form that Chromium
/// writes: every object by itself, its position in one table at the end.
pub(super) fn places(paper: &[u8]) -> Option<BTreeMap<String, usize>> {
    let objects = Objects::read(paper)?;
    let trailer = last(paper, b"trailer")?;
    let root = objects.text(reference(trailer, "Root")?)?;
    let mut pages = Vec::new();
    let mut seen = BTreeSet::new();
    objects.pages(reference(root, "Pages")?, &mut seen, &mut pages)?;
    let number: BTreeMap<u32, usize> = pages.into_iter().zip(1..).collect();
    let named = Bytes::new(r"/([^\s/\[\]<>()]+) \[(\d+) 0 R /XYZ ").ok()?;
    let dests = objects.text(reference(root, "Dests")?)?;
    let places = named.captures_iter(dests).map(|found| {
        let (_, [name, page]) = found.extract();
        let name = std::str::from_utf8(name).ok()?;
        Some((name.to_owned(), *number.get(&whole(page)?)?))
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

/// A PDF's objects: where each begins.
struct Objects<'p> {
    paper: &'p [u8],
    at: BTreeMap<u32, usize>,
}

impl<'p> Objects<'p> {
    /// By the table at the end: `xref`, then `first count`, then twenty bytes for each.
    fn read(paper: &'p [u8]) -> Option<Self> {
        let end = std::str::from_utf8(last(paper, b"startxref")?).ok()?;
        let from: usize = end.lines().nth(1)?.trim().parse().ok()?;
        let table = paper.get(from..)?.strip_prefix(b"xref\n")?;
        let mut lines = table.split(|byte| *byte == b'\n');
        let head = std::str::from_utf8(lines.next()?).ok()?;
        let (first, count) = head.split_once(' ')?;
        let (first, count): (u32, u32) = (first.parse().ok()?, count.trim().parse().ok()?);
        let mut at = BTreeMap::new();
        for (line, number) in lines.zip(first..first.checked_add(count)?) {
            let line = std::str::from_utf8(line).ok()?;
            if line.trim_end().ends_with('n') {
                at.insert(number, line.get(..10)?.parse().ok()?);
            }
        }
        Some(Self { paper, at })
    }

    /// What stands in an object.
    fn text(&self, number: u32) -> Option<&'p [u8]> {
        let from = self.paper.get(*self.at.get(&number)?..)?;
        let end = from.windows(6).position(|window| window == b"endobj")?;
        from.get(..end)
    }

    /// The pages of a tree of pages, in order.
    fn pages(&self, of: u32, seen: &mut BTreeSet<u32>, pages: &mut Vec<u32>) -> Option<()> {
        // One that is its own parent has no end.
        if !seen.insert(of) {
            return None;
        }
        let text = self.text(of)?;
        if !Bytes::new(r"/Type /Pages\b").ok()?.is_match(text) {
            pages.push(of);
            return Some(());
        }
        let kids = Bytes::new(r"/Kids \[([^\]]*)\]").ok()?;
        let (_, [kids]) = kids.captures(text)?.extract();
        for kid in Bytes::new(r"(\d+) 0 R").ok()?.captures_iter(kids) {
            let (_, [kid]) = kid.extract();
            self.pages(whole(kid)?, seen, pages)?;
        }
        Some(())
    }
}

/// From the last time that these words stand there.
fn last<'p>(paper: &'p [u8], words: &[u8]) -> Option<&'p [u8]> {
    let at = paper
        .windows(words.len())
        .rposition(|window| window == words)?;
    paper.get(at..)
}

/// The object that an entry of a dictionary leads to.
fn reference(text: &[u8], entry: &str) -> Option<u32> {
    let found = Bytes::new(&format!(r"/{entry} (\d+) 0 R")).ok()?;
    let (_, [number]) = found.captures(text)?.extract();
    whole(number)
}

fn whole(digits: &[u8]) -> Option<u32> {
    std::str::from_utf8(digits).ok()?.parse().ok()
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
    fn what_is_of_another_form_is_not_guessed_at() {
        let whole = paper();
        for end in [0, 9, whole.len() / 2, whole.len() - 20] {
            assert_eq!(places(&whole[..end]), None);
        }
        let text = String::from_utf8(whole).unwrap();
        let circle = text.replace("/Kids [2 0 R 1 0 R]", "/Kids [2 0 R 6 0 R]");
        assert_eq!(places(circle.as_bytes()), None);
        let nowhere = text.replace("/calls [3 0 R", "/calls [4 0 R");
        assert_eq!(places(nowhere.as_bytes()), None);
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
