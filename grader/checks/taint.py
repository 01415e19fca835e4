"""Which expressions of a file of checks hold data that came from the candidate.

A name is suspect from its assignment on, until it is assigned something else; branches
and loops are joined. Functions given to the candidate get suspect arguments, and
containers that something suspect was put into are suspect.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

SOURCES = frozenset({"candidate", "shared_candidate"})
# What these return has been checked for kind, shape and finiteness.
VOUCHED = frozenset({"array", "number", "integer", "text", "boolean", "between"})
_FILLING = frozenset({"append", "add", "extend", "insert", "update", "setdefault", "appendleft"})

Tainted = Callable[[ast.expr], bool]
Given = tuple[str | None, ast.expr, bool]  # an argument's keyword, value, and whether it is suspect


def functions_of(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Every function of the tree, nested ones and methods too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def called_name(call: ast.Call) -> str:
    """The last part of what is called: "close" for close(...) and checks.close(...)."""
    function = call.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


class Suspects:
    """The suspect expressions of one file, found by walking its statements in order."""

    def __init__(self, tree: ast.Module) -> None:
        self._functions = {function.name: function for function in functions_of(tree)}
        self._parameters: dict[str, set[str]] = {name: set() for name in self._functions}
        self._results: set[str] = set()
        self._found: dict[ast.expr, bool] = {}
        self._deciding: set[ast.expr] = set()
        self._asserts: dict[ast.Assert, bool] = {}
        self._changed = True
        while self._changed:
            self._changed = False
            self._block(tree.body, set())

    def expressions(self) -> Iterator[tuple[ast.expr, Tainted]]:
        """Each comparison and call, with the question whether an operand is suspect."""
        for node in self._found:
            if isinstance(node, ast.Compare | ast.Call):
                yield node, lambda part: self._found.get(part, False)

    def decides(self, node: ast.expr) -> bool:
        """Whether the expression stands in an assert."""
        return node in self._deciding

    def bare(self, statement: ast.Assert) -> bool:
        """Whether the assert's own test is suspect and not a comparison."""
        return self._asserts.get(statement, False) and not isinstance(statement.test, ast.Compare)

    def _block(self, body: list[ast.stmt], names: set[str]) -> None:
        for statement in body:
            self._statement(statement, names)

    def _statement(self, node: ast.stmt, names: set[str]) -> None:
        if isinstance(node, ast.FunctionDef):
            self._function(node, names)
        elif isinstance(node, ast.ClassDef):
            self._block(node.body, set(names))
        elif isinstance(node, ast.If):
            self._expression(node.test, names)
            other = set(names)
            self._block(node.body, names)
            self._block(node.orelse, other)
            names |= other
        elif isinstance(node, ast.For | ast.While):
            self._loop(node, names)
        elif isinstance(node, ast.With):
            for item in node.items:
                tainted = self._expression(item.context_expr, names)
                if item.optional_vars is not None:
                    self._assign(item.optional_vars, tainted, names)
            self._block(node.body, names)
        elif isinstance(node, ast.Try):
            handlers = [handler.body for handler in node.handlers]
            for body in (node.body, *handlers, node.orelse, node.finalbody):
                self._block(body, names)
        else:
            self._simple(node, names)

    def _simple(self, node: ast.stmt, names: set[str]) -> None:
        if isinstance(node, ast.Assign):
            tainted = self._expression(node.value, names)
            for target in node.targets:
                self._assign(target, tainted, names)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            self._assign(node.target, self._expression(node.value, names), names)
        elif isinstance(node, ast.AugAssign):
            if self._expression(node.value, names):
                self._assign(node.target, True, names)
        elif isinstance(node, ast.Assert):
            self._asserts[node] = self._expression(node.test, names)
            self._deciding |= {part for part in ast.walk(node.test) if isinstance(part, ast.expr)}
        else:
            for part in ast.iter_child_nodes(node):
                if isinstance(part, ast.expr):
                    self._expression(part, names)

    def _loop(self, node: ast.For | ast.While, names: set[str]) -> None:
        for _ in range(2):  # the second round sees what the first left in its names
            before = set(names)
            if isinstance(node, ast.For):
                self._assign(node.target, self._expression(node.iter, names), names)
            else:
                self._expression(node.test, names)
            self._block(node.body, names)
            names |= before
        self._block(node.orelse, names)

    def _function(self, node: ast.FunctionDef, names: set[str]) -> None:
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        own = {argument.arg for argument in arguments}
        fixtures = {name for name in own if name in SOURCES or name in self._results}
        inner = (names - own) | fixtures | self._parameters[node.name]
        self._block(node.body, inner)
        names |= inner - own - self._locals(node)  # containers of the outer function that were filled
        returned = (part.value for part in ast.walk(node) if isinstance(part, ast.Return | ast.Yield))
        if any(value is not None and self._found.get(value, False) for value in returned):
            self._learn(self._results, node.name)

    @staticmethod
    def _locals(node: ast.FunctionDef) -> set[str]:
        stored = (part for part in ast.walk(node) if isinstance(part, ast.Name))
        return {part.id for part in stored if isinstance(part.ctx, ast.Store)}

    def _learn(self, names: set[str], name: str) -> None:
        if name not in names:
            names.add(name)
            self._changed = True

    def _assign(self, target: ast.expr, tainted: bool, names: set[str]) -> None:
        if isinstance(target, ast.Name):
            (names.add if tainted else names.discard)(target.id)
        elif isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                self._assign(part, tainted, names)
        elif isinstance(target, ast.Starred):
            self._assign(target.value, tainted, names)
        elif isinstance(target, ast.Subscript | ast.Attribute) and tainted:
            self._assign(target.value, True, names)

    def _expression(self, node: ast.expr, names: set[str]) -> bool:
        """Whether the value is suspect; remembers the answer for every part."""
        tainted = self._evaluate(node, names)
        self._found[node] = tainted
        return tainted

    def _evaluate(self, node: ast.expr, names: set[str]) -> bool:
        if isinstance(node, ast.Name):
            return node.id in names
        if isinstance(node, ast.Call):
            return self._call(node, names)
        if isinstance(node, ast.NamedExpr):
            tainted = self._expression(node.value, names)
            self._assign(node.target, tainted, names)
            return tainted
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            return self._comprehension(node, names)
        if isinstance(node, ast.Lambda):
            return self._expression(node.body, names - {argument.arg for argument in node.args.args})
        parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
        found = [self._expression(part, names) for part in parts]  # every part, not up to the first
        return any(found)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, names: set[str]
    ) -> bool:
        inner = set(names)
        for generator in node.generators:
            self._assign(generator.target, self._expression(generator.iter, inner), inner)
            for test in generator.ifs:
                self._expression(test, inner)
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        found = [self._expression(part, inner) for part in parts]
        return any(found)

    def _call(self, node: ast.Call, names: set[str]) -> bool:
        function = self._expression(node.func, names)
        given: list[Given] = [(None, argument, self._expression(argument, names)) for argument in node.args]
        given += [(word.arg, word.value, self._expression(word.value, names)) for word in node.keywords]
        name = called_name(node)
        tainted = any(suspect for _, _, suspect in given)
        if function:
            for _, argument, _ in given:
                self._callback(argument)
        if name in self._functions:
            self._pass_on(name, given)
            return name in self._results or function
        if isinstance(node.func, ast.Attribute) and node.func.attr in _FILLING and tainted:
            self._assign(node.func.value, True, names)
        return (tainted or function) and name not in VOUCHED

    def _callback(self, argument: ast.expr) -> None:
        """A function of this file that the candidate calls gets suspect arguments."""
        if isinstance(argument, ast.Name) and argument.id in self._functions:
            for parameter in self._functions[argument.id].args.args:
                self._learn(self._parameters[argument.id], parameter.arg)

    def _pass_on(self, name: str, given: list[Given]) -> None:
        parameters = [argument.arg for argument in self._functions[name].args.args]
        for position, (word, _, suspect) in enumerate(given):
            if suspect and word is not None:
                self._learn(self._parameters[name], word)
            elif suspect and position < len(parameters):
                self._learn(self._parameters[name], parameters[position])
