"""The rule model, a second time: see reference.py."""
