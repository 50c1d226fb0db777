"""A page like those of real outlets, and what a page may say of itself."""

PAGE = """<!doctype html><html lang="en"><head><title>Mayor denies closing bridge | The Valley Post</title>
<meta property="og:site_name" content="The Valley Post"><meta property="og:title" content="Mayor denies closing bridge">
<meta property="article:published_time" content="2021-03-04"><link rel="canonical" href="https://valley.example/bridge">
</head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Mayor denies closing bridge</h1>
<p>The mayor of Strelsau denied on Tuesday that she had closed the bridge over the river, after a night of protests in
the old town that left shops shut and tram lines blocked for hours.</p>
<p>&ldquo;We never closed it,&rdquo; Flavia Elphberg told reporters&nbsp;who had gathered before the town hall.</p>
<p>Police could not confirm the report.</p></article><footer>Subscribe to us.</footer></body></html>
"""
LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"},
{"@type": ["NewsArticle"], "datePublished": "2021-03-04T07:15:00+01:00", "publisher": {"name": "Valley Post"}}]}
</script>"""
