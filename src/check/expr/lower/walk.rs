//! Loops. The parser expands `all`, `exists` and the like into folds; here they are told by their shape and
//! kept as what they were, since a fold would stop at the first error.

use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, IdedExpr, LiteralValue};

use super::access::{named, spelling};
use super::{Lowering, Typed, Variable};
use crate::check::expr::tree::{Op, Quantifier, Walk};
use crate::check::expr::types::Type;

/// What a fold was written as.
enum Written<'e> {
    Quantify(Quantifier, &'e IdedExpr),
    Filter(&'e IdedExpr),
    Map(Option<&'e IdedExpr>, &'e IdedExpr),
}

impl Lowering<'_> {
    pub(super) fn comprehension(&mut self, expr: &IdedExpr, fold: &ComprehensionExpr) -> Typed {
        let range = self.value(&fold.iter_range);
        let (item, each) = match &range.kind {
            Type::List(item) => (item.as_ref().clone(), range.each.clone()),
            Type::Map(_) => (Type::Text, None),
            Type::Wrong => (Type::Wrong, None),
            other @ (Type::Null
            | Type::Bool
            | Type::Int
            | Type::Double
            | Type::Text
            | Type::Time
            | Type::Span
            | Type::Record(_)
            | Type::Resource(_)
            | Type::Optional(_)) => {
                let message = format!("`{}` is {other}, not a list", self.text(&fold.iter_range));
                return self.wrong(&fold.iter_range, &message, None);
            }
        };
        let Some(written) = written(fold) else {
            return self.wrong(expr, "not a loop that rules have", None);
        };
        let keeps_place = each.is_some();
        let each =
            each.unwrap_or_else(|| named(&format!("{}[]", bracketed(&spelling(&range))), true));
        let slot = self.scope.len();
        self.slots = self.slots.max(slot + 1);
        self.variables += 1;
        self.scope.push(Variable {
            name: fold.iter_var.clone(),
            serial: self.variables,
            kind: item.clone(),
            each: each.clone(),
        });
        let kept = each.clone();
        let walk = |body: Typed| {
            Box::new(Walk {
                range: range.node,
                slot,
                each,
                keeps_place,
                body: body.node,
            })
        };
        let (op, kind, each) = match written {
            Written::Quantify(quantifier, body) => {
                let body = self.boolean(body, "the condition of a loop");
                (Op::Quantify(quantifier, walk(body)), Type::Bool, None)
            }
            Written::Filter(body) => {
                let body = self.boolean(body, "the condition of `filter`");
                let each = keeps_place.then_some(kept);
                (Op::Filter(walk(body)), Type::list(item), each)
            }
            Written::Map(condition, body) => {
                let test =
                    condition.map(|condition| self.boolean(condition, "the condition of `map`"));
                let body = match condition {
                    Some(condition) => self.given(condition, true, |this| this.expression(body)),
                    None => self.expression(body),
                };
                let kind = Type::list(body.kind.clone());
                let each = if let Op::Read(access) = &body.node.op {
                    Some(access.name.clone())
                } else {
                    None
                };
                let test = test.map(|test| Box::new(test.node));
                (Op::Map(walk(body), test), kind, each)
            }
        };
        self.scope.pop();
        let mut typed = self.typed(expr, op, kind);
        typed.each = each;
        typed
    }
}

/// In brackets, unless it reads as one thing anyway.
fn bracketed(spelled: &str) -> String {
    if spelled.contains(' ') {
        format!("({spelled})")
    } else {
        spelled.to_owned()
    }
}

fn written(fold: &ComprehensionExpr) -> Option<Written<'_>> {
    let Expr::Call(CallExpr {
        func_name, args, ..
    }) = &fold.loop_step.expr
    else {
        return None;
    };
    let quantifier = if let Expr::Literal(first) = &fold.accu_init.expr {
        Some(quantifier(first)?)
    } else {
        None
    };
    match (quantifier, func_name.as_str(), args.as_slice()) {
        (Some(Quantifier::ExistsOne), _, [body, ..]) => {
            Some(Written::Quantify(Quantifier::ExistsOne, body))
        }
        (Some(quantifier), _, [_, body]) => Some(Written::Quantify(quantifier, body)),
        (None, "_+_", [_, added]) => Some(Written::Map(None, only(added)?)),
        (None, "_?_:_", [condition, added, _]) => {
            let Expr::Call(added) = &added.expr else {
                return None;
            };
            let body = only(added.args.last()?)?;
            if body.expr == Expr::Ident(fold.iter_var.clone()) {
                Some(Written::Filter(condition))
            } else {
                Some(Written::Map(Some(condition), body))
            }
        }
        _ => None,
    }
}

/// The quantifier whose fold starts at this.
fn quantifier(first: &LiteralValue) -> Option<Quantifier> {
    match first {
        LiteralValue::Boolean(all) if *all.inner() => Some(Quantifier::All),
        LiteralValue::Boolean(_) => Some(Quantifier::Exists),
        LiteralValue::Int(_) => Some(Quantifier::ExistsOne),
        LiteralValue::Bytes(_)
        | LiteralValue::Double(_)
        | LiteralValue::Null
        | LiteralValue::String(_)
        | LiteralValue::UInt(_) => None,
    }
}

/// The element of a list of one.
fn only(list: &IdedExpr) -> Option<&IdedExpr> {
    if let Expr::List(list) = &list.expr
        && let [element] = list.elements.as_slice()
    {
        Some(element)
    } else {
        None
    }
}
