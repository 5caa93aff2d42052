"""The window: views that draw a state and send out what the person asks. They decide nothing."""
