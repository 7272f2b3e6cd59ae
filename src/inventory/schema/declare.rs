//! The macros that declare records, kinds and facets.

/// Declares a group of facts inside a field.
///
/// ```
/// tieout::record! {
///     /// Who may start a session, and for how long.
///     pub struct Session {
///         /// Minutes until it ends.
///         minutes: i64,
///     }
/// }
/// assert_eq!(Session { minutes: 5 }.minutes, 5);
/// ```
#[macro_export]
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        pub struct $Name:ident { $( $(#[doc = $about:literal])* $field:ident: $type:ty ),* $(,)? }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $Name { $( $(#[doc = $about])* pub $field: $type ),* }

        impl $crate::inventory::schema::Shaped for $Name {
            fn shape() -> $crate::inventory::schema::Shape {
                $crate::inventory::schema::Shape::Record(::std::sync::Arc::from([$(
                    $crate::inventory::schema::Field {
                        name: $crate::inventory::schema::plain(stringify!($field)),
                        doc: concat!("", $($about, "\n"),*).trim().to_owned(),
                        shape: <$type as $crate::inventory::schema::Shaped>::shape(),
                        from: &[],
                    }
                ),*]))
            }
            fn into_fact(self) -> $crate::inventory::Fact {
                const NAMES: &[&str] = &[$( $crate::inventory::schema::plain(stringify!($field)) ),*];
                $crate::inventory::Fact::Record(::std::sync::Arc::new($crate::inventory::Record {
                    names: NAMES,
                    values: ::std::boxed::Box::from([
                        $( $crate::inventory::schema::Shaped::into_fact(self.$field) ),*
                    ]),
                }))
            }
        }
    };
}

/// Declares a kind of resource: its name, the variable a rule sees it by, the calls that list it, its fields.
/// A field told by another call than the listing names it after `=>`.
#[macro_export]
macro_rules! kind {
    (
        $(#[doc = $doc:literal])*
        $kind:literal as $variable:ident: $Name:ident, listed by [$($list:literal),+] {
            $( $(#[doc = $about:literal])* $field:ident: $type:ty $(=> [$($from:literal),+])? ),* $(,)?
        }
    ) => {
        $crate::fields!($kind, stringify!($variable), false, [$($list),+], [$($doc),*], $Name,
            $( [$($about),*] $field: $type [$($($from),+)?] ),*);
    };
}

/// Declares what one service knows of a singleton as a whole: of the `account`, or of a `region`.
#[macro_export]
macro_rules! facet {
    (
        $(#[doc = $doc:literal])*
        of $kind:literal: $Name:ident {
            $( $(#[doc = $about:literal])* $field:ident: $type:ty => [$($from:literal),+] ),* $(,)?
        }
    ) => {
        $crate::fields!($kind, $kind, true, [], [$($doc),*], $Name,
            $( [$($about),*] $field: $type [$($from),+] ),*);
    };
}

/// What [`kind!`] and [`facet!`] share.
#[doc(hidden)]
#[macro_export]
macro_rules! fields {
    (
        $kind:expr, $variable:expr, $singleton:expr, [$($list:literal),*], [$($doc:literal),*], $Name:ident,
        $( [$($about:literal),*] $field:ident: $type:ty [$($from:literal),*] ),*
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $Name { $( $(#[doc = $about])* pub $field: $crate::inventory::Read<$type> ),* }

        impl $crate::inventory::schema::Fields for $Name {
            const KIND: &'static str = $kind;
            fn kind() -> $crate::inventory::schema::Kind {
                $crate::inventory::schema::Kind {
                    name: $kind,
                    variable: $variable,
                    doc: concat!("", $($doc, "\n"),*).trim().to_owned(),
                    listed_by: &[$($list),*],
                    singleton: $singleton,
                    fields: vec![$( $crate::inventory::schema::Field {
                        name: $crate::inventory::schema::plain(stringify!($field)),
                        doc: concat!("", $($about, "\n"),*).trim().to_owned(),
                        shape: <$type as $crate::inventory::schema::Shaped>::shape(),
                        from: &[$($from),*],
                    } ),*],
                }
            }
            fn into_fields(self) -> Vec<(&'static str, $crate::inventory::Sourced)> {
                vec![$( (
                    $crate::inventory::schema::plain(stringify!($field)),
                    $crate::inventory::schema::sourced(self.$field),
                ) ),*]
            }
        }
    };
}
