"""Annotations of articles to learn from, without their texts; ``kg.train.annotated`` reads them."""
