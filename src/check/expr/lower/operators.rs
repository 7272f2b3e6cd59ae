//! Operators: which types they take, and what they come to.

use std::sync::LazyLock;

use cel::common::ast::{CallExpr, Expr, IdedExpr};

use super::{Lowering, Typed, constants};
use crate::check::expr::calculate::{calculate, negate};
use crate::check::expr::narrow::ruled_out;
use crate::check::expr::tree::{Calculation, Comparison, Op};
use crate::check::expr::trouble::Trouble;
use crate::check::expr::types::Type;
use crate::check::expr::value::Value;
use crate::inventory::Inventory;

/// What constants are computed against: no rule's constant is a link.
static NOTHING: LazyLock<Inventory> = LazyLock::new(Inventory::default);

impl Lowering<'_> {
    /// `a && b && c`, kept flat: the parser balances it into a tree.
    pub(super) fn logic(&mut self, expr: &IdedExpr, call: &CallExpr) -> Typed {
        let is_and = call.func_name == "_&&_";
        let mut operands = Vec::new();
        flatten(expr, &call.func_name, &mut operands);
        let outside = self.known.clone();
        let mut nodes = Vec::with_capacity(operands.len());
        for operand in operands {
            nodes.push(self.boolean(operand, "each side of `&&` and `||`").node);
            // The next operand matters only where this one has not decided.
            let ruled_out = ruled_out(operand, self);
            self.known.extend(if is_and {
                ruled_out.if_true
            } else {
                ruled_out.if_false
            });
        }
        self.known = outside;
        let op = if is_and {
            Op::And(nodes)
        } else {
            Op::Or(nodes)
        };
        self.typed(expr, op, Type::Bool)
    }

    pub(super) fn not(&mut self, expr: &IdedExpr, inner: &IdedExpr) -> Typed {
        let inner = self.boolean(inner, "what `!` negates");
        self.typed(expr, Op::Not(Box::new(inner.node)), Type::Bool)
    }

    pub(super) fn choose(
        &mut self,
        expr: &IdedExpr,
        [condition, yes, no]: [&IdedExpr; 3],
    ) -> Typed {
        let test = self.boolean(condition, "the condition of `?:`");
        let left = self.given(condition, true, |this| this.expression(yes));
        let right = self.given(condition, false, |this| this.expression(no));
        let Some(kind) = left.kind.join(&right.kind) else {
            let message = format!("the branches of `?:` are {} and {}", left.kind, right.kind);
            return self.wrong(expr, &message, None);
        };
        let op = Op::Choose(Box::new([test.node, left.node, right.node]));
        self.typed(expr, op, kind)
    }

    pub(super) fn equality(
        &mut self,
        expr: &IdedExpr,
        comparison: Comparison,
        [a, b]: [&IdedExpr; 2],
    ) -> Typed {
        let (left, right) = (self.expression(a), self.expression(b));
        for (side, other, place) in [(&left, &right, a), (&right, &left, b)] {
            if other.kind == Type::Null
                && !matches!(side.kind, Type::Optional(_) | Type::Null | Type::Wrong)
            {
                let message = format!("`{}` is never null", self.text(place));
                return self.wrong(
                    expr,
                    &message,
                    Some("a fact that was not read is unknown by itself".to_owned()),
                );
            }
        }
        let with_null = left.kind == Type::Null || right.kind == Type::Null;
        if !with_null && !left.kind.comparable(&right.kind) {
            let message = format!("{} never equals {}", left.kind, right.kind);
            return self.wrong(expr, &message, None);
        }
        let op = Op::Compare(comparison, Box::new([left.node, right.node]));
        self.typed(expr, op, Type::Bool)
    }

    pub(super) fn order(
        &mut self,
        expr: &IdedExpr,
        comparison: Comparison,
        [a, b]: [&IdedExpr; 2],
    ) -> Typed {
        let (left, right) = (self.value(a), self.value(b));
        let same = (left.kind.is_number() && right.kind.is_number())
            || left.kind.join(&right.kind).is_some();
        if !(same && left.kind.is_ordered() && right.kind.is_ordered()) {
            let message = format!(
                "`{}` does not compare {} with {}",
                comparison.symbol(),
                left.kind,
                right.kind
            );
            return self.wrong(expr, &message, None);
        }
        let op = Op::Compare(comparison, Box::new([left.node, right.node]));
        self.typed(expr, op, Type::Bool)
    }

    pub(super) fn membership(&mut self, expr: &IdedExpr, [a, b]: [&IdedExpr; 2]) -> Typed {
        let (left, right) = (self.value(a), self.value(b));
        let fits = match &right.kind {
            Type::List(item) => item.comparable(&left.kind),
            Type::Map(_) => matches!(left.kind, Type::Text | Type::Wrong),
            Type::Wrong => true,
            Type::Null
            | Type::Bool
            | Type::Int
            | Type::Double
            | Type::Text
            | Type::Time
            | Type::Span
            | Type::Record(_)
            | Type::Resource(_)
            | Type::Optional(_) => false,
        };
        if !fits {
            let message = format!("{} is never in {}", left.kind, right.kind);
            return self.wrong(expr, &message, None);
        }
        let op = Op::In(Box::new([left.node, right.node]));
        self.typed(expr, op, Type::Bool)
    }

    pub(super) fn arithmetic(
        &mut self,
        expr: &IdedExpr,
        calculation: Calculation,
        [a, b]: [&IdedExpr; 2],
    ) -> Typed {
        let (left, right) = (self.value(a), self.value(b));
        let Some(kind) = result(calculation, &left.kind, &right.kind) else {
            let message = format!(
                "`{}` is not defined for {} and {}",
                calculation.symbol(),
                left.kind,
                right.kind
            );
            return self.wrong(expr, &message, None);
        };
        // What is wrong with an operand has been said, and it has no value to compute with.
        let sound = left.kind != Type::Wrong && right.kind != Type::Wrong;
        let nodes = [left.node, right.node];
        if sound && let Some([x, y]) = constants(&nodes).as_deref() {
            return self.folded(expr, calculate(calculation, x, y, &NOTHING), kind);
        }
        self.typed(expr, Op::Calculate(calculation, Box::new(nodes)), kind)
    }

    pub(super) fn negation(&mut self, expr: &IdedExpr, inner: &IdedExpr) -> Typed {
        let lowered = self.value(inner);
        if !lowered.kind.is_number() {
            let message = format!("`-` is not defined for {}", lowered.kind);
            return self.wrong(expr, &message, None);
        }
        let kind = lowered.kind.clone();
        if kind != Type::Wrong
            && let Op::Constant(value) = &lowered.node.op
        {
            return self.folded(expr, negate(value), kind);
        }
        self.typed(expr, Op::Negate(Box::new(lowered.node)), kind)
    }

    /// A constant in place of what computes it. What is always an error is a mistake.
    pub(super) fn folded(
        &mut self,
        expr: &IdedExpr,
        value: Result<Value<'static>, Trouble>,
        kind: Type,
    ) -> Typed {
        match value {
            Ok(value) => self.typed(expr, Op::Constant(value), kind),
            Err(Trouble::Fault(message)) => self.wrong(expr, &message, None),
            Err(Trouble::Gap(gap)) => self.wrong(expr, &gap.message, None),
        }
    }
}

/// The type of a sum, a difference and so on; none where there is none.
fn result(calculation: Calculation, a: &Type, b: &Type) -> Option<Type> {
    let adds = calculation == Calculation::Add;
    let subtracts = calculation == Calculation::Subtract;
    match (a, b) {
        (Type::Wrong, other) | (other, Type::Wrong) => Some(other.clone()),
        (Type::Int, Type::Int) => Some(Type::Int),
        (Type::Double, Type::Double) => {
            (calculation != Calculation::Remainder).then_some(Type::Double)
        }
        (Type::Text, Type::Text) => adds.then_some(Type::Text),
        (Type::List(_), Type::List(_)) => adds.then(|| a.join(b)).flatten(),
        (Type::Time, Type::Span) => (adds || subtracts).then_some(Type::Time),
        (Type::Span, Type::Time) => adds.then_some(Type::Time),
        (Type::Time, Type::Time) => subtracts.then_some(Type::Span),
        (Type::Span, Type::Span) => (adds || subtracts).then_some(Type::Span),
        _ => None,
    }
}

fn flatten<'e>(expr: &'e IdedExpr, operator: &str, operands: &mut Vec<&'e IdedExpr>) {
    if let Expr::Call(call) = &expr.expr
        && call.func_name == operator
    {
        for part in &call.args {
            flatten(part, operator, operands);
        }
    } else {
        operands.push(expr);
    }
}
