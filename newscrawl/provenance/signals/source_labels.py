"""Labels that name the source before or behind the text: 来源：X, 稿源, 出典, 出處, Fuente, Kaynak, Источник."""

from __future__ import annotations

import re

from newscrawl.items import Evidence
from newscrawl.provenance.article_extent import is_caption, is_comment
from newscrawl.provenance.directory.directory import Publisher
from newscrawl.provenance.links import SOCIAL, Target, target_of
from newscrawl.provenance.name_keys import name_key
from newscrawl.provenance.own_outlet import is_own_name
from newscrawl.provenance.signal import Context, Signal
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block

LONGEST = 140
BEFORE, BEHIND = 30, 8

_LABEL = re.compile(
    r"(?:^|[\s　|｜】\])）\d（(【\[])(?P<label>文章来源|信息来源|新闻来源|稿件来源|内容来源|消息来源"
    r"|来源|來源|稿源|出处|出處)\s?[:：]\s?(?P<name>[^\s|｜　，。,;；（）()\[\]【】]{2,30}?)"
    r"(?=$|[\s|｜　，。,;；（）()\[\]【】]|作者|责任编辑|责编|编辑|記者|记者|时间|发布|字号"
    r"|字體|字体|分享|浏览|点击|评论|\d{4}[-年]|原标题|选稿|打印|我要)"
)
_NOT = frozenset(
    "本站 本网 本報 本报 本站原创 原创 网络 互联网 综合 网络整理 未知 其他 网友"
    " 本站整理 不详 网络转载 自媒体 整理 投稿 媒体滚动".split()
)


def find(document: Document, context: Context) -> list[Signal]:
    """The labels beside the headline and behind the text."""
    layout, blocks = context.layout, document.blocks
    signals = []
    for block in (
        blocks[max(0, layout.start - BEFORE) : layout.start + 3]
        + blocks[max(layout.start + 3, layout.end - 3) : layout.end + BEHIND]
    ):
        if ("源" in block.text or "出" in block.text) and not is_caption(block) and not is_comment(block):
            signals += _signal(document, context, block)
    return signals


def _signal(document: Document, context: Context, block: Block) -> list[Signal]:
    match = _LABEL.search(block.text[-LONGEST:] if len(block.text) > LONGEST else block.text)
    if (
        match is None
        or match["name"].strip('《》“”"：:') in _NOT
        or (len(block.text) > LONGEST and match.end() < LONGEST - 40)
    ):
        return []
    name, target = match["name"].strip('《》“”"：:'), None
    for link in block.links:
        if link.text and (link.text.startswith(name[:4]) or name.startswith(link.text[:4])):
            target, name = target_of(document, link.href), link.text if len(link.text) <= 30 else name
            break
    return [_label_signal(context, block, name, target)]


def _label_signal(context: Context, block: Block, name: str, target: Target | None) -> Signal:
    """The name in the directory tells the publisher; its link may lead to a third site that the outlet took it from."""
    publisher = context.directory.by_name(name) or _by_beginning(context, name)
    domain = publisher.domain if publisher else target.domain if target and target.domain not in SOCIAL else None
    same = target is not None and domain is not None and context.directory.same_outlet(target.domain, domain)
    own = is_own_name(name, context) or (
        domain is not None and context.directory.same_outlet(domain, context.source_domain)
    )
    return Signal(
        evidence=Evidence(
            kind="label", text=block.text[:500], href=target.url if target else None, rule="zh/laiyuan", language="zh"
        ),
        name=name,
        domain=domain,
        url=target.url if target and same and target.is_article else None,
        relation="wire" if publisher and publisher.kind == "agency" else "republished",
        confidence="explicit_link" if same else "explicit_name",
        blocks=[block] if len(block.text) <= LONGEST else [],
        veto="self" if own or name_key(name) in context.site_names else None,
    )


def _by_beginning(context: Context, name: str) -> Publisher | None:
    """The outlet of a channel: 人民网-文化频道 is 人民网's."""
    head = re.split(r"[-—·－—–]", name)[0]
    return context.directory.by_name(head) if head != name else None
