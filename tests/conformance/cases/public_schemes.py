"""Vectors of the five public schemes: worked results of their own rules."""

from cases import caf_cases
from cases import dhcs_cases
from cases import fhrs_cases
from cases import sp_800_171_cases


def write(book):
    for part in (sp_800_171_cases, fhrs_cases, caf_cases, dhcs_cases):
        part.write(book)
