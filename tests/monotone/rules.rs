//! Rules by choice: every operator, loop and function that can meet a gap, in any combination that type-checks.

/// Bytes to choose by. When they run out, each choice is the first, which is the simplest: fewer bytes make smaller
/// rules, and a failure shrinks to a small one.
pub(crate) struct Choices<'a>(pub(crate) &'a [u8]);

impl Choices<'_> {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                usize::from(*first) % limit
            }
            None => 0,
        }
    }
}

/// A rule, with the loop variables that are in scope where it is being written.
pub(crate) struct Rules<'c, 'b> {
    choices: &'c mut Choices<'b>,
    /// `x`: an int, `s`: a text, `p`: a part, `o`: a thing.
    scope: Vec<char>,
    depth: usize,
}

type Written = String;

impl<'c, 'b> Rules<'c, 'b> {
    pub(crate) fn rule(choices: &'c mut Choices<'b>) -> Written {
        let mut rules = Rules {
            choices,
            scope: Vec::new(),
            depth: 5,
        };
        rules.truth()
    }

    fn pick(&mut self, simple: usize, all: usize) -> usize {
        self.choices
            .below(if self.depth == 0 { simple } else { all })
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.choices.below(texts.len())]
    }

    /// One level further in.
    fn deeper<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        self.depth = self.depth.saturating_sub(1);
        let written = write(self);
        self.depth += 1;
        written
    }

    /// With a loop variable.
    fn with<T>(&mut self, variable: char, write: impl FnOnce(&mut Self) -> T) -> T {
        self.scope.push(variable);
        let written = write(self);
        self.scope.pop();
        written
    }

    fn sees(&self, variable: char) -> bool {
        self.scope.contains(&variable)
    }

    fn truth(&mut self) -> Written {
        let choice = self.pick(9, 24);
        self.deeper(|this| match choice {
            0 => this.flag(),
            1 => this.of(&["true", "false"]).to_owned(),
            2 => this.compared(Self::number, &["==", "!=", "<", "<=", ">", ">="]),
            3 => this.compared(Self::text, &["==", "!=", "<", ">="]),
            4 => {
                let key = this.of(&["a", "b"]);
                let of = this.thing();
                match this.choices.below(4) {
                    0 => format!("has({of}.tags.{key})"),
                    1 => format!("{} in {of}.tags", this.text()),
                    2 => format!("{of}.tags.{key} == {}", this.text()),
                    _ => format!("{of}.tags.exists(s, s == \"{key}\")"),
                }
            }
            5 => {
                let of = this.path();
                match this.choices.below(4) {
                    0 => format!("{of}.maybe == null"),
                    1 => format!("{of}.maybe == {}", this.number()),
                    2 => format!("({of}.maybe != null && {of}.maybe > {})", this.number()),
                    _ => format!("({of}.maybe == null || {of}.maybe < {})", this.number()),
                }
            }
            6 => {
                let method = this.of(&["contains", "startsWith", "endsWith"]);
                format!("{}.{method}({})", this.text(), this.text())
            }
            7 => format!("{}.matches(\"^a*$\")", this.text()),
            8 => {
                let of = if this.sees('o') { "o" } else { "thing.next" };
                format!("({of}.before == null || {of}.before.flag)")
            }
            9 => format!("!({})", this.truth()),
            10..=12 => format!("({} && {})", this.truth(), this.truth()),
            13..=15 => format!("({} || {})", this.truth(), this.truth()),
            16 => format!("({} ? {} : {})", this.truth(), this.truth(), this.truth()),
            17 => {
                let (list, variable) = this.list();
                let quantifier = this.of(&["all", "exists", "exists_one"]);
                let body = this.with(variable, Self::truth);
                format!("{list}.{quantifier}({variable}, {body})")
            }
            18 => {
                let (list, variable) = this.list();
                let quantifier = this.of(&["all", "exists"]);
                let body = this.with(variable, Self::truth);
                format!("{list}.{quantifier}({variable}, {body})")
            }
            19 => format!("{} in {}", this.number(), this.numbers()),
            20 => format!("{} in {}", this.text(), this.texts()),
            21 => this.compared(Self::numbers, &["==", "!="]),
            22 => this.compared(Self::texts, &["==", "!="]),
            _ => match this.choices.below(3) {
                0 => this.compared(Self::thing, &["==", "!="]),
                1 => format!("{} in {}", this.thing(), this.things()),
                _ => this.compared(Self::parts, &["==", "!="]),
            },
        })
    }

    fn compared(&mut self, side: fn(&mut Self) -> Written, operators: &[&str]) -> Written {
        let left = side(self);
        let operator = self.of(operators);
        format!("{left} {operator} {}", side(self))
    }

    fn flag(&mut self) -> Written {
        format!("{}.flag", self.has_number())
    }

    /// What has `flag`, `n`, `maybe`, `name` and `xs`: a thing or a part.
    fn has_number(&mut self) -> Written {
        if self.sees('p') && self.choices.below(2) == 0 {
            "p".to_owned()
        } else {
            self.thing()
        }
    }

    /// The same by a plain path, of which the type check knows where it is not null.
    fn path(&mut self) -> &'static str {
        let seen = [("p", 'p'), ("o", 'o'), ("o.next", 'o')];
        let seen = seen
            .into_iter()
            .filter(|(_, variable)| self.sees(*variable));
        let paths: Vec<&str> = ["thing", "thing.next"]
            .into_iter()
            .chain(seen.map(|(path, _)| path))
            .collect();
        self.of(&paths)
    }

    fn thing(&mut self) -> Written {
        let own = if self.sees('o') { "o" } else { "thing" };
        match self.pick(3, 5) {
            0 => own.to_owned(),
            1 => format!("{own}.next"),
            2 => "thing".to_owned(),
            3 => format!("{own}.next.next"),
            _ => format!("{}[{}]", self.deeper(Self::things), self.choices.below(2)),
        }
    }

    fn number(&mut self) -> Written {
        let choice = self.pick(4, 14);
        self.deeper(|this| match choice {
            0 => this.of(&["0", "1", "2", "-1"]).to_owned(),
            1 if this.sees('x') => "x".to_owned(),
            1 | 2 => format!("{}.n", this.has_number()),
            3 => "params.limit".to_owned(),
            4 => format!("size({})", this.list().0),
            5 => format!("size({})", this.text()),
            6 => format!("size({}.tags)", this.thing()),
            7 => {
                let operator = this.of(&["+", "-", "*", "/", "%"]);
                format!("({} {operator} {})", this.number(), this.number())
            }
            8 => format!("-({})", this.number()),
            9 => format!("({} ? {} : {})", this.truth(), this.number(), this.number()),
            10 => format!("{}[{}]", this.numbers(), this.number()),
            11 => {
                let of = this.path();
                format!("({of}.maybe != null ? {of}.maybe : {})", this.number())
            }
            12 => format!("{}[{}].n", this.parts(), this.choices.below(2)),
            _ => format!("int({})", this.text()),
        })
    }

    fn text(&mut self) -> Written {
        let choice = self.pick(4, 9);
        self.deeper(|this| match choice {
            0 => this.of(&["\"a\"", "\"b\"", "\"\"", "\"ab\""]).to_owned(),
            1 if this.sees('s') => "s".to_owned(),
            1 | 2 => format!("{}.name", this.has_number()),
            3 => "params.word".to_owned(),
            4 => format!("({} + {})", this.text(), this.text()),
            5 => format!("({} ? {} : {})", this.truth(), this.text(), this.text()),
            6 => format!("{}.tags[{}]", this.thing(), this.text()),
            7 => format!("{}[{}]", this.texts(), this.choices.below(2)),
            _ => format!("string({})", this.number()),
        })
    }

    fn numbers(&mut self) -> Written {
        let choice = self.pick(2, 9);
        self.deeper(|this| match choice {
            0 => format!("{}.xs", this.has_number()),
            1 => format!("[{}]", this.number()),
            2 => format!("[{}, {}]", this.number(), this.number()),
            3 => format!("({} + {})", this.numbers(), this.numbers()),
            4 => {
                let list = this.numbers();
                format!("{list}.filter(x, {})", this.with('x', Self::truth))
            }
            5 => format!(
                "({} ? {} : {})",
                this.truth(),
                this.numbers(),
                this.numbers()
            ),
            _ => {
                let (list, variable) = this.list();
                let body = this.with(variable, Self::number);
                if choice == 8 {
                    let condition = this.with(variable, Self::truth);
                    format!("{list}.map({variable}, {condition}, {body})")
                } else {
                    format!("{list}.map({variable}, {body})")
                }
            }
        })
    }

    fn texts(&mut self) -> Written {
        let choice = self.pick(2, 7);
        self.deeper(|this| match choice {
            0 => format!("{}.names", this.thing()),
            1 => format!("[{}]", this.text()),
            2 => format!("({} + {})", this.texts(), this.texts()),
            3 => {
                let list = this.texts();
                format!("{list}.filter(s, {})", this.with('s', Self::truth))
            }
            4 => {
                let of = this.thing();
                format!("{of}.tags.map(s, {of}.tags[s])")
            }
            5 => format!("({} ? {} : {})", this.truth(), this.texts(), this.texts()),
            _ => {
                let (list, variable) = this.list();
                let body = this.with(variable, Self::text);
                format!("{list}.map({variable}, {body})")
            }
        })
    }

    fn parts(&mut self) -> Written {
        let choice = self.pick(1, 4);
        self.deeper(|this| match choice {
            0 => format!("{}.parts", this.thing()),
            1 => {
                let list = this.parts();
                format!("{list}.filter(p, {})", this.with('p', Self::truth))
            }
            2 => format!("({} + {})", this.parts(), this.parts()),
            _ => format!("({} ? {} : {})", this.truth(), this.parts(), this.parts()),
        })
    }

    fn things(&mut self) -> Written {
        let choice = self.pick(1, 5);
        self.deeper(|this| match choice {
            0 | 1 => format!("{}.others", this.thing()),
            2 => {
                let list = this.things();
                format!("{list}.filter(o, {})", this.with('o', Self::truth))
            }
            3 => format!("({} + {})", this.things(), this.things()),
            _ => format!("[{}, {}]", this.thing(), this.thing()),
        })
    }

    /// A list of any type, and the variable that stands for its elements.
    fn list(&mut self) -> (Written, char) {
        match self.choices.below(4) {
            0 => (self.numbers(), 'x'),
            1 => (self.parts(), 'p'),
            2 => (self.things(), 'o'),
            _ => (self.texts(), 's'),
        }
    }
}
