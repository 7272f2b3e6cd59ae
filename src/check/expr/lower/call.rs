//! Calls: operators by their internal names, then functions.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};

use super::{Lowering, Typed, constants, suggest};
use crate::check::expr::functions::{self, Function, Style};
use crate::check::expr::name::Statement;
use crate::check::expr::tree::{Calculation, Comparison, Op};
use crate::check::expr::types::Type;
use crate::check::expr::value::Value;

/// Macros that the parser expands when their arguments are right.
const MACROS: [&str; 6] = ["all", "exists", "exists_one", "filter", "map", "has"];

impl Lowering<'_> {
    pub(super) fn call(&mut self, expr: &IdedExpr, call: &CallExpr) -> Typed {
        let operator = call.func_name.as_str();
        match (operator, call.args.as_slice()) {
            ("_&&_" | "_||_", _) => self.logic(expr, call),
            ("!_", [inner]) => self.not(expr, inner),
            ("-_", [inner]) => self.negation(expr, inner),
            ("_?_:_", [condition, yes, no]) => self.choose(expr, [condition, yes, no]),
            ("_[_]", _) => self.index(expr, call),
            ("@in", [a, b]) => self.membership(expr, [a, b]),
            ("_==_", [a, b]) => self.equality(expr, Comparison::Equal, [a, b]),
            ("_!=_", [a, b]) => self.equality(expr, Comparison::NotEqual, [a, b]),
            ("_<_", [a, b]) => self.order(expr, Comparison::Less, [a, b]),
            ("_<=_", [a, b]) => self.order(expr, Comparison::AtMost, [a, b]),
            ("_>_", [a, b]) => self.order(expr, Comparison::Greater, [a, b]),
            ("_>=_", [a, b]) => self.order(expr, Comparison::AtLeast, [a, b]),
            ("_+_", [a, b]) => self.arithmetic(expr, Calculation::Add, [a, b]),
            ("_-_", [a, b]) => self.arithmetic(expr, Calculation::Subtract, [a, b]),
            ("_*_", [a, b]) => self.arithmetic(expr, Calculation::Multiply, [a, b]),
            ("_/_", [a, b]) => self.arithmetic(expr, Calculation::Divide, [a, b]),
            ("_%_", [a, b]) => self.arithmetic(expr, Calculation::Remainder, [a, b]),
            _ => self.function(expr, call),
        }
    }

    fn function(&mut self, expr: &IdedExpr, call: &CallExpr) -> Typed {
        let name = call.func_name.as_str();
        let Some(function) = functions::find(name) else {
            return self.no_function(expr, name);
        };
        let written = call.target.is_some();
        if written && function.style() == Style::Function
            || !written && function.style() == Style::Method
        {
            let help = format!("write {}", function.signature);
            return self.wrong(
                expr,
                &format!("`{name}` is not called like this"),
                Some(help),
            );
        }
        let given: Vec<&IdedExpr> = call
            .target
            .iter()
            .map(Box::as_ref)
            .chain(&call.args)
            .collect();
        let lowered: Vec<Typed> = given.iter().map(|part| self.expression(part)).collect();
        let kinds: Vec<Type> = lowered.iter().map(|part| part.kind.clone()).collect();
        let Some(kind) = function.result(&kinds) else {
            return self.unfit(expr, function, &given, &kinds);
        };
        let mut nodes: Vec<_> = lowered.into_iter().map(|part| part.node).collect();
        if name == functions::ALLOWS {
            return self.allows(expr, nodes, kinds.first());
        }
        if name == "matches"
            && let [_, pattern] = given.as_slice()
            && let Expr::Literal(LiteralValue::String(text)) = &pattern.expr
        {
            return match regex::Regex::new(text.inner()) {
                Ok(regex) => {
                    let subject = Box::new(nodes.swap_remove(0));
                    self.typed(expr, Op::Matches(subject, regex), Type::Bool)
                }
                Err(error) => {
                    self.wrong(pattern, &format!("not a regular expression: {error}"), None)
                }
            };
        }
        if function.is_pure()
            && !kinds.contains(&Type::Wrong)
            && let Some(values) = constants(&nodes)
        {
            let value = function.run(jiff::Timestamp::UNIX_EPOCH, &values);
            return self.folded(expr, value, kind);
        }
        self.typed(expr, Op::Call(function, nodes), kind)
    }

    fn no_function(&mut self, expr: &IdedExpr, name: &str) -> Typed {
        let span = self.parsed.called(expr);
        if MACROS.contains(&name) {
            self.complain(
                span,
                format!("`{name}` is not written like this"),
                Some(match name {
                    "has" => "has(bucket.tags.owner)".to_owned(),
                    _ => format!("list.{name}(element, …)"),
                }),
            );
        } else {
            let known: Vec<&str> = functions::functions()
                .map(|function| function.name)
                .chain(MACROS)
                .collect();
            let help = suggest(name, known.iter().copied());
            self.complain(span, format!("no function `{name}`"), help);
        }
        self.typed(expr, Op::Constant(Value::Null), Type::Wrong)
    }

    /// Points at the argument that may be null, if it is only that.
    fn unfit(
        &mut self,
        expr: &IdedExpr,
        function: &Function,
        given: &[&IdedExpr],
        kinds: &[Type],
    ) -> Typed {
        let values: Vec<Type> = kinds.iter().map(|kind| kind.value().clone()).collect();
        if function.result(&values).is_some() {
            let nullable = given
                .iter()
                .zip(kinds)
                .find(|(_, kind)| matches!(kind, Type::Optional(_)));
            if let Some((part, _)) = nullable {
                return self.value(part);
            }
        }
        let kinds: Vec<String> = kinds.iter().map(Type::to_string).collect();
        self.wrong(
            expr,
            &format!("`{}` does not take ({})", function.name, kinds.join(", ")),
            Some(format!("it is {}", function.signature)),
        )
    }

    fn allows(
        &mut self,
        expr: &IdedExpr,
        nodes: Vec<super::Node>,
        statements: Option<&Type>,
    ) -> Typed {
        let Some(Type::List(item)) = statements else {
            return self.typed(expr, Op::Constant(Value::Null), Type::Bool);
        };
        let Type::Record(fields) = item.as_ref() else {
            // A list of no type is an empty one, in which no statement allows anything.
            return self.typed(expr, Op::Constant(Value::Bool(false)), Type::Bool);
        };
        let position = |name: &str| fields.iter().position(|field| field.name == name);
        let positions = (
            position("effect"),
            position("actions"),
            position("not_actions"),
        );
        let (Some(effect), Some(actions), Some(not_actions)) = positions else {
            return self.wrong(expr, "`allows` is for policy statements", None);
        };
        let Ok(nodes) = <[super::Node; 2]>::try_from(nodes) else {
            return self.wrong(expr, "`allows` takes statements and an action", None);
        };
        let statement = Statement {
            effect,
            actions,
            not_actions,
        };
        self.typed(expr, Op::Allows(Box::new(nodes), statement), Type::Bool)
    }
}
