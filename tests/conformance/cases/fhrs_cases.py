"""Worked results of the UK food hygiene rating: band edges, and ratings of public record."""

from cases.builder import control, request

BASIS = {"catalogue": "schemes/food-hygiene-rating/catalogues/fhrs",
         "rule_set": "schemes/food-hygiene-rating/ruleSets/brand-standard",
         "profile": "establishment"}
LABELS = {5: "Very good", 4: "Good", 3: "Generally satisfactory", 2: "Improvement necessary",
          1: "Major improvement necessary", 0: "Urgent improvement necessary"}
TABLE = "Food Standards Agency, how a rating is calculated: the table of totals and worst scores."
RECORD = "Public record FHRSID {}: rated {} on {} (Food Standards Agency open data)."

# Hygiene, structure, confidence in management; rating; what it shows.
EDGES = (
    ((0, 0, 0), 5, "The best."),
    ((5, 5, 5), 5, "Total 15, worst 5: the top of band 5."),
    ((10, 5, 0), 4, "Total 15 fits band 5, worst 10 does not."),
    ((10, 0, 0), 4, "Total 10: band 4 by the worst score alone."),
    ((10, 5, 10), 3, "Total 25."),
    ((10, 10, 10), 3, "Total 30, worst 10: the top of band 3."),
    ((15, 0, 0), 2, "Total 15: band 2 by the worst score alone."),
    ((15, 15, 10), 2, "Total 40, worst 15: the top of band 2."),
    ((15, 15, 5), 2, "Total 35."),
    ((0, 0, 20), 1, "Total 20 fits band 4, worst 20 does not."),
    ((20, 0, 0), 1, "Worst 20."),
    ((20, 20, 10), 1, "Total 50, worst 20: the top of band 1."),
    ((15, 15, 20), 1, "Total 50, worst 20."),
    ((25, 0, 0), 0, "Worst 25 exceeds every limit."),
    ((0, 0, 30), 0, "Worst 30 exceeds every limit."),
    ((20, 15, 20), 0, "Total 55 is above 50."),
    ((25, 25, 30), 0, "The worst possible: total 80."),
)
# Scores as above; rating; FHRSID; day of the rating.
RECORDS = (
    ((0, 0, 5), 5, 1038201, "2018-09-26"),
    ((0, 5, 5), 5, 1175683, "2025-09-01"),
    ((0, 0, 10), 4, 6309, "2025-06-04"),
    ((0, 10, 10), 4, 1808711, "2025-05-22"),
    ((5, 5, 10), 4, 1151126, "2019-11-05"),
    ((5, 10, 5), 4, 71690, "2025-03-13"),
    ((5, 10, 10), 3, 28119, "2019-03-25"),
    ((10, 10, 5), 3, 511304, "2025-05-27"),
    ((5, 15, 5), 2, 1920490, "2026-03-03"),
    ((10, 15, 10), 2, 1769064, "2025-09-23"),
    ((10, 10, 20), 1, 1394262, "2025-12-05"),
    ((15, 15, 20), 1, 1738688, "2025-01-16"),
)


def score(scores, **more):
    marks = zip(("hygiene", "structural", "confidence"), scores)
    return request(BASIS, [control(name, f"=score-{value}") for name, value in marks
                           if value is not None], **more)


def rated(rating, scores):
    return {"outcome": "OUTCOME_RATED", "outcome_id": f"rating-{rating}",
            "result_string": f"{rating} - {LABELS[rating]}", "points": 80 - sum(scores),
            "maximum": 80, "margin": None}


def write(book):
    for scores, rating, pins in EDGES:
        name = "-".join(map(str, scores))
        book.add(f"fhrs-{name}-is-{rating}", pins, TABLE, score(scores), rated(rating, scores))
    for scores, rating, number, day in RECORDS:
        book.add(f"fhrs-record-{number}-is-{rating}", "A rating of public record.",
                 RECORD.format(number, rating, day), score(scores, as_of=day),
                 rated(rating, scores))
    book.add("fhrs-two-scores-are-no-rating", "Without all three scores there is no rating.", TABLE,
             score((0, 0, None)), {"outcome": "OUTCOME_INCOMPLETE", "outcome_id": ""})
