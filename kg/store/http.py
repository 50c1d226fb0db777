"""Talking to a SPARQL server: credentials, retries, and errors in plain words."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Mapping
from typing import Any

import httpx

from kg.errors import QueryError, RemoteError

#: Seconds before each further attempt when a server does not answer, or says that it is busy.
PAUSES = (0.2, 0.5, 1.0, 2.0)
_BUSY = {429, 502, 503, 504}
#: Seconds that a server may take over one request.
PATIENCE = 300.0


class Credentials(httpx.Auth):
    """A user's name and password, given by Basic or Digest, whichever the server asks for."""

    requires_response_body = True

    def __init__(self, user: str, password: str) -> None:
        """The credentials of ``user``."""
        self._basic, self._digest = httpx.BasicAuth(user, password), httpx.DigestAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Ask without, once, to hear which kind the server wants."""
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            wants_digest = response.headers.get("www-authenticate", "").lower().startswith("digest")
            self._chosen = self._digest if wants_digest else self._basic
        yield from self._chosen.auth_flow(request)


class Client:
    """Sends requests again when a server is down for a moment. Queries and updates of data may both be repeated."""

    def __init__(self, address: str, transport: httpx.BaseTransport | None = None) -> None:
        """A client for the server at ``address``, which errors name.

        ``KG_USER`` with ``KG_PASSWORD``, or ``KG_TOKEN`` (sent as a bearer), are taken from the environment.
        """
        self.address = address
        user, token = os.environ.get("KG_USER"), os.environ.get("KG_TOKEN")
        self._http = httpx.Client(
            timeout=httpx.Timeout(PATIENCE, connect=10.0),
            transport=transport,
            auth=Credentials(user, os.environ.get("KG_PASSWORD", "")) if user else None,
            headers={"Authorization": f"Bearer {token}"} if token and not user else None,
            follow_redirects=True,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def post(self, url: str, form: Mapping[str, Any], accept: str = "*/*") -> httpx.Response:
        """The server's answer, whatever its status, but not that it is down or busy.

        Raises:
            RemoteError: it does not answer, or keeps being busy.
        """
        trouble = ""
        for pause in (*PAUSES, None):
            try:
                response = self._http.post(url, data=form, headers={"Accept": accept})
            except httpx.TransportError as error:
                trouble = str(error) or type(error).__name__
            else:
                if response.status_code not in _BUSY:
                    return response
                trouble = f"{response.status_code} {_said(response)}"
            if pause is not None:
                time.sleep(pause)
        raise RemoteError(
            f"{self.address} does not answer ({trouble}). What was written before is whole; see that the server runs, "
            "then give the same command again."
        )

    def checked(self, url: str, form: Mapping[str, Any], accept: str = "*/*") -> httpx.Response:
        """The server's answer to an operation that went well.

        Raises:
            RemoteError: as ``post``, or we may not, or there is no such endpoint.
            QueryError: it cannot run the query or update.
        """
        response = self.post(url, form, accept)
        if response.status_code in (401, 403):
            raise RemoteError(
                f"{url} refuses us ({response.status_code} {_said(response)}). "
                "Set KG_USER and KG_PASSWORD, or KG_TOKEN."
            )
        if response.status_code in (404, 405, 406, 415):
            raise RemoteError(f"{url} is no SPARQL endpoint for this ({response.status_code} {_said(response)}).")
        if response.status_code >= 400:
            raise QueryError(_said(response))
        return response


def _said(response: httpx.Response) -> str:
    """The first line of what a server says."""
    kind = response.headers.get("content-type", "")
    text = "" if "html" in kind else response.text.strip()
    return (text.splitlines() or [response.reason_phrase])[0][:300]
