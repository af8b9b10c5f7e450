"""SmartHR's error envelope (https://developer.smarthr.jp/api/about_api)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import NamedTuple

from flask import Response, jsonify


class _Row(NamedTuple):
    status: HTTPStatus
    code: int
    message: str


class Problem(Enum):
    """What can be wrong with a request, or with SmartHR. Messages of 403, 404, 429 and 500 are invented."""

    bad_request = _Row(HTTPStatus.BAD_REQUEST, 1, "不正なリクエストパラメータです。")
    unauthorized_token = _Row(HTTPStatus.UNAUTHORIZED, 2, "無効なアクセストークンです")
    forbidden = _Row(HTTPStatus.FORBIDDEN, 3, "アクセスが禁止されています")
    not_found = _Row(HTTPStatus.NOT_FOUND, 4, "指定したリソースが存在しません")
    internal_server_error = _Row(HTTPStatus.INTERNAL_SERVER_ERROR, 5, "予期せぬエラーが発生しました")
    too_many_requests = _Row(HTTPStatus.TOO_MANY_REQUESTS, 6, "リクエスト制限の上限を超えました")
    plan_limit_exceeded = _Row(HTTPStatus.FORBIDDEN, 7, "上限人数に達しているため従業員の追加は出来ません")
    service_maintenance = _Row(HTTPStatus.SERVICE_UNAVAILABLE, 9, "メンテナンスを行っています")
    ip_not_permitted = _Row(HTTPStatus.FORBIDDEN, 15, "許可されていないIPアドレスです")


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field of a body."""

    field: str | None
    message: str


class SmartHRError(Exception):
    """Ends a request with SmartHR's error envelope."""

    def __init__(self, problem: Problem, fields: Sequence[FieldProblem] = ()) -> None:
        super().__init__(problem.name)
        self.problem = problem
        self.fields = tuple(fields)


def error_response(error: SmartHRError) -> Response:
    """Return the envelope of an error."""
    row = error.problem.value
    errors = [{"message": each.message, "resource": "Crew", "field": each.field} for each in error.fields]
    body = {"code": row.code, "type": error.problem.name, "message": row.message, "errors": errors or None}
    response = jsonify(body)
    response.status_code = row.status
    return response
