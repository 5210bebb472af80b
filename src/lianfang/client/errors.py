"""What can go wrong between a program and the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.errors import LianfangError

if TYPE_CHECKING:
    from lianfang.client.model import Problem


class ProblemError(LianfangError):
    """The platform refused.

    Attributes:
        problem: what it said.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.http_status = problem.status
        super().__init__(problem.detail or problem.title, where=problem.where, do=problem.do)


class WebhookError(LianfangError):
    """A webhook that the platform didn't send, or not now."""
