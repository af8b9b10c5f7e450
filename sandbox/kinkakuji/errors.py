"""勤革時's two shapes of error.

Codes 100, 104, 105, 300 and "303" were seen from the real API; 2 is second-hand. What it answers to a bad
employee is not published: those codes are invented, in the 900s, and no client may depend on them.
"""

from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import NamedTuple

from flask import Response, jsonify

from sandbox.kinkakuji.options import Options
from sandbox.remote.system import JsonObject


class _Row(NamedTuple):
    status: HTTPStatus
    code: int
    message: str


class Problem(Enum):
    """What can be wrong with a request, or with 勤革時."""

    BAD_DATE = _Row(HTTPStatus.BAD_REQUEST, 2, "日付の形式が正しくありません")
    NOT_AUTHENTICATED = _Row(HTTPStatus.FORBIDDEN, 100, "認証に失敗しました")
    CLOSED = _Row(HTTPStatus.FORBIDDEN, 104, "次の時間帯（JST）はAPIへのアクセスが禁止されています")
    IP_NOT_PERMITTED = _Row(HTTPStatus.FORBIDDEN, 105, "許可されていないIPアドレスからのアクセスです")
    RESOURCE_SERVER = _Row(HTTPStatus.INTERNAL_SERVER_ERROR, 300, "Resource Server Error.")
    NO_SUCH_EMPLOYEE = _Row(HTTPStatus.BAD_REQUEST, 901, "従業員が存在しません")
    DOUBLED_CODE = _Row(HTTPStatus.BAD_REQUEST, 902, "従業員コードはすでに使用されています")
    NO_SUCH_DIVISION = _Row(HTTPStatus.BAD_REQUEST, 903, "所属が存在しません")
    NO_SUCH_WORKING_TYPE = _Row(HTTPStatus.BAD_REQUEST, 904, "雇用区分が存在しません")
    MISSING = _Row(HTTPStatus.BAD_REQUEST, 905, "必須項目です")
    INVALID = _Row(HTTPStatus.BAD_REQUEST, 906, "値が正しくありません")
    DATE_OUT_OF_RANGE = _Row(HTTPStatus.BAD_REQUEST, 907, "日付は3年前から1年後までの範囲で指定してください")
    NOT_AVAILABLE = _Row(HTTPStatus.BAD_REQUEST, 908, "この機能は利用できません")
    NO_SUCH_PATH = _Row(HTTPStatus.NOT_FOUND, 909, "Not Found")


@dataclass(frozen=True)
class Complaint:
    """One entry of `errors`."""

    problem: Problem
    detail: str = ""
    """Follows the problem's own message."""

    @property
    def message(self) -> str:
        """Return the message as it is sent."""
        return f"{self.problem.value.message} {self.detail}".rstrip()

    def as_json(self, *, code_as_string: bool) -> JsonObject:
        """Return the entry as it is sent."""
        code = self.problem.value.code
        return {"message": self.message, "code": str(code) if code_as_string else code}


class KinkakujiError(Exception):
    """Ends a request with `{"errors": [...]}`."""

    def __init__(self, *complaints: Complaint) -> None:
        super().__init__(complaints[0].message)
        self.complaints = complaints


class TooManyRequests(Exception):
    """Ends a request with the flat body of code "303"."""


def error_response(error: KinkakujiError, options: Options) -> Response:
    """Return the body of an error; its HTTP status is that of the first complaint."""
    errors = [each.as_json(code_as_string=options.code_as_string) for each in error.complaints]
    response = jsonify(errors=errors)
    response.status_code = error.complaints[0].problem.value.status
    return response


def too_many_response(options: Options) -> Response:
    """Return the flat body with its code as a string."""
    response = jsonify(code="303", message="Too Many Requests")
    response.status_code = options.status_of_303
    return response
