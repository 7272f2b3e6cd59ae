//! The paths that an example names in `absent` and `partial`.

use std::ops::Range;

use toml::Spanned;

use crate::complaint::did_you_mean;
use crate::complaint::table::Reader;

/// Paths, and which of them met a place where they mean something.
pub(super) struct Paths<'t> {
    /// `absent` or `partial`.
    key: &'static str,
    named: Vec<(Spanned<&'t str>, bool)>,
    /// Where one could have been named.
    open: Vec<String>,
}

impl<'t> Paths<'t> {
    pub(super) fn new(key: &'static str, named: Vec<Spanned<&'t str>>) -> Self {
        let named = named.into_iter().map(|path| (path, false)).collect();
        let open = Vec::new();
        Self { key, named, open }
    }

    /// Whether there are any.
    pub(super) fn any(&self) -> bool {
        !self.named.is_empty()
    }

    /// Where this place is named, if it is: by itself, or with `[]` for every element of a list.
    pub(super) fn take(&mut self, place: &str) -> Option<Range<usize>> {
        let every = every_element(place);
        let (path, met) = self
            .named
            .iter_mut()
            .find(|(path, _)| *path.get_ref() == place || *path.get_ref() == every)?;
        *met = true;
        Some(path.span())
    }

    /// Whether a place inside this one is named, so that this one is there without being given.
    pub(super) fn reach_into(&self, place: &str) -> bool {
        let inside = |path: &str, place: &str| {
            let rest = path.strip_prefix(place);
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        let every = every_element(place);
        let mut named = self.named.iter().map(|(path, _)| *path.get_ref());
        named.any(|path| inside(path, place) || inside(path, &every))
    }

    /// Notes a place that could be named, for advice.
    pub(super) fn offer(&mut self, place: &str) {
        if self.any() {
            self.open.push(place.to_owned());
        }
    }

    /// Complains about the paths that met nothing.
    pub(super) fn unmet(self, reader: &mut Reader<'_>) {
        for (path, _) in self.named.iter().filter(|(_, met)| !met) {
            let message = format!(
                "`{}` names nothing that is there: {}",
                self.key,
                path.get_ref()
            );
            let help = if self.open.is_empty() {
                "give what is around it in `given`, or leave the path out".to_owned()
            } else {
                did_you_mean(path.get_ref(), self.open.iter().map(String::as_str))
            };
            reader.complain(path.span(), message, help);
        }
    }
}

/// `bucket.grants[2].permission` as `bucket.grants[].permission`.
fn every_element(place: &str) -> String {
    let mut parts = place.split('[');
    let mut every = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        every.push_str("[]");
        every.push_str(part.split_once(']').map_or("", |(_, after)| after));
    }
    every
}

#[cfg(test)]
mod tests {
    use super::every_element;

    #[test]
    fn positions_are_dropped() {
        assert_eq!(every_element("bucket.name"), "bucket.name");
        assert_eq!(
            every_element("bucket.grants[2].permission"),
            "bucket.grants[].permission"
        );
        assert_eq!(every_element("a[0].b[10]"), "a[].b[]");
    }
}
