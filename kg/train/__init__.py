"""Training of the models that ship in ``kg/models``; needs the extra ``train``."""
