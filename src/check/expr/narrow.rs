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
        return Some(format!("{operand}.{}", select.field));
    }
    if let Expr::Call(call) = expr
        && call.func_name == "_[_]"
        && let [operand, index] = call.args.as_slice()
    {
        let operand = path(&operand.expr, names)?;
        let Expr::Literal(index) = &index.expr else {
            return None;
        };
        // Spelled as a selection, since `tags.owner` and `tags["owner"]` are one place.
        return match index {
            LiteralValue::String(key) => Some(format!("{operand}.{}", key.inner())),
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

/// The paths that are not `null` wherever an expression came out as `truth`, or where that truth is still open
/// after it has been evaluated: a gap is not `null` either.
pub(super) fn ruled_out(expr: &IdedExpr, truth: bool, names: &impl Names) -> BTreeSet<String> {
    let Expr::Call(call) = &expr.expr else {
        return BTreeSet::new();
    };
    match (call.func_name.as_str(), call.args.as_slice()) {
        ("_!=_", [a, b]) if truth => compared(a, b, names),
        ("_==_", [a, b]) if !truth => compared(a, b, names),
        ("!_", [inner]) => ruled_out(inner, !truth, names),
        ("_&&_", [a, b]) => both(a, b, truth, truth, names),
        ("_||_", [a, b]) => both(a, b, truth, !truth, names),
        ("_?_:_", [condition, yes, no]) => {
            let way = |branch: &IdedExpr, taken: bool| -> BTreeSet<String> {
                &ruled_out(condition, taken, names) | &ruled_out(branch, truth, names)
            };
            &way(yes, true) & &way(no, false)
        }
        _ => BTreeSet::new(),
    }
}

/// Of two operands: what either rules out, where both came out as `truth`; what both rule out, where one did.
fn both(
    a: &IdedExpr,
    b: &IdedExpr,
    truth: bool,
    all: bool,
    names: &impl Names,
) -> BTreeSet<String> {
    let (a, b) = (ruled_out(a, truth, names), ruled_out(b, truth, names));
    if all { &a | &b } else { &a & &b }
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
