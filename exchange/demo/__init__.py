"""The demo: invented cities from the folder demo/, and people who sign in for them."""
