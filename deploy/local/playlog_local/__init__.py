"""Starts, stops and watches the whole stack on one machine.

Standard library only: it runs before anything is installed.
"""
