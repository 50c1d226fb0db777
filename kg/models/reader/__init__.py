"""The attribution encoder: weights, tokenizer, model card."""
