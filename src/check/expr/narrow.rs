//! Where a path cannot be `null`: behind `x != null &&`, `x == null ||`, and in the branches of `?:`.

use std::collections::BTreeSet;

use cel::common::ast::{Expr, IdedExpr, LiteralValue};

/// Names paths so that two of the same name are the same value.
pub(super) trait Names {
    /// The name of a variable, different for two variables that only share the spelling.
    fn variable(&self, name: &str) -> String;
}

/// The name of a path; none for anything else.
pub(super) fn path(expr: &Expr, names: &impl Names) -> Option<String> {
    if let Expr::Ident(name) = expr {
        return Some(names.variable(name));
    }
    if let Expr::Select(select) = expr {
        if select.test {
            return None;
        }
        let operand = path(&select.operand.expr, names)?;
        return Some(format!("{operand}.{:?}", select.field));
    }
    if let Expr::Call(call) = expr
        && call.func_name == "_[_]"
        && let [operand, index] = call.args.as_slice()
    {
        let operand = path(&operand.expr, names)?;
        let Expr::Literal(index) = &index.expr else {
            return None;
        };
        // Spelled as a selection, since `tags.owner` and `tags["owner"]` are one place, and in quotes, since
        // `tags["a.b"]` is another than `tags.a.b`.
        return match index {
            LiteralValue::String(key) => Some(format!("{operand}.{:?}", key.inner())),
            LiteralValue::Int(n) => Some(format!("{operand}[{}]", n.inner())),
            LiteralValue::Boolean(_)
            | LiteralValue::Bytes(_)
            | LiteralValue::Double(_)
            | LiteralValue::Null
            | LiteralValue::UInt(_) => None,
        };
    }
    None
}

/// Paths that are not `null`, by how an expression came out.
#[derive(Debug, Default)]
pub(super) struct RuledOut {
    pub(super) if_true: BTreeSet<String>,
    pub(super) if_false: BTreeSet<String>,
}

/// The paths that are not `null` wherever an expression came out as true, or as false; or where its truth is still
/// open after it has been evaluated: a gap is not `null` either. Both at once, so that each part is gone into once.
pub(super) fn ruled_out(expr: &IdedExpr, names: &impl Names) -> RuledOut {
    let Expr::Call(call) = &expr.expr else {
        return RuledOut::default();
    };
    match (call.func_name.as_str(), call.args.as_slice()) {
        ("_!=_", [a, b]) => RuledOut {
            if_true: compared(a, b, names),
            if_false: BTreeSet::new(),
        },
        ("_==_", [a, b]) => RuledOut {
            if_true: BTreeSet::new(),
            if_false: compared(a, b, names),
        },
        ("!_", [inner]) => {
            let RuledOut { if_true, if_false } = ruled_out(inner, names);
            RuledOut {
                if_true: if_false,
                if_false: if_true,
            }
        }
        // Where the whole is decided against, only one side may have been; so only what both rule out holds.
        ("_&&_", [a, b]) => {
            let (a, b) = (ruled_out(a, names), ruled_out(b, names));
            RuledOut {
                if_true: &a.if_true | &b.if_true,
                if_false: &a.if_false & &b.if_false,
            }
        }
        ("_||_", [a, b]) => {
            let (a, b) = (ruled_out(a, names), ruled_out(b, names));
            RuledOut {
                if_true: &a.if_true & &b.if_true,
                if_false: &a.if_false | &b.if_false,
            }
        }
        ("_?_:_", [condition, yes, no]) => {
            let condition = ruled_out(condition, names);
            let (yes, no) = (ruled_out(yes, names), ruled_out(no, names));
            RuledOut {
                if_true: &(&condition.if_true | &yes.if_true)
                    & &(&condition.if_false | &no.if_true),
                if_false: &(&condition.if_true | &yes.if_false)
                    & &(&condition.if_false | &no.if_false),
            }
        }
        _ => RuledOut::default(),
    }
}

/// The path of `path == null`.
fn compared(a: &IdedExpr, b: &IdedExpr, names: &impl Names) -> BTreeSet<String> {
    let is_null = |side: &IdedExpr| side.expr == Expr::Literal(LiteralValue::Null);
    let side = match (is_null(a), is_null(b)) {
        (true, false) => b,
        (false, true) => a,
        (true, true) | (false, false) => return BTreeSet::new(),
    };
    path(&side.expr, names).into_iter().collect()
}
