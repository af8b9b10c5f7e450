"""The page for whoever may not install. It is read before Renkei knows a language, so it speaks two."""

_PAGE = """<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Renkei</title>
<style>body { font: 16px/1.7 system-ui, sans-serif; max-width: 36em; margin: 4em auto; padding: 1em }</style>
<h1>インストールできません</h1>
<p>このRenkeiは、あらかじめ許可されたワークスペースだけで使えます。</p>
<p>サーバーの管理者に、ワークスペースID（Tから始まるID）をRENKEI_WORKSPACESに加えるよう頼んでください。
Slackの「アプリ管理」に残ったRenkeiは、そのまま削除して差し支えありません。</p>
<hr>
<p lang="en">This Renkei serves only the workspaces that its operator has allowed. Ask the operator to add
your workspace id (it begins with T) to RENKEI_WORKSPACES. You can remove Renkei from your workspace.</p>
</html>
"""


def refusal_page() -> str:
    """Give the page as HTML."""
    return _PAGE
