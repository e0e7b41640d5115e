"""What judging is held against: jieba and scikit-learn on the same texts, in processor time and by the clock, loading not counted.

    pip install jieba scikit-learn; python test/bench/baseline.py DATA/messages/topic.jsonl [DATA/messages/replies.jsonl]

With replies, also departments: a class-balanced linear SVM over character 1- to 3-grams, five parts drawn five times, all rows that name a
body and only those whose body has ten rows or more.
"""
import json
import sys
import time
from collections import Counter

import jieba
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.svm import LinearSVC

rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf8")]
texts = [row["text"] for row in rows]
jieba.initialize()
model = LinearSVC(class_weight="balanced")
vectors = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None, sublinear_tf=True)
model.fit(vectors.fit_transform(texts), [row["topic"] for row in rows])


def per_second(work):
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    return len(texts) / (time.process_time() - cpu), len(texts) / (time.perf_counter() - clock)


single = per_second(lambda: [model.predict(vectors.transform([text])) for text in texts])  # as opinions come
batch = per_second(lambda: model.predict(vectors.transform(texts)))
figures = {
    "textsPerCpuSecond": {"oneByOne": round(single[0]), "all": round(batch[0])},
    "textsPerSecondByTheClock": {"oneByOne": round(single[1]), "all": round(batch[1])},
}


def departments(rows, kind):
    texts = np.array([f"{row['title']} {row['detail']}" for row in rows])
    labels = np.array([row["dept_silver"] for row in rows])
    first = three = 0
    for seed in range(5):
        for known, held in kind(5, shuffle=True, random_state=seed).split(texts, labels):
            vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
            model = LinearSVC(class_weight="balanced").fit(vectors.fit_transform(texts[known]), labels[known])
            ranked = model.classes_[np.argsort(-model.decision_function(vectors.transform(texts[held])), axis=1)]
            first += (ranked[:, 0] == labels[held]).sum()
            three += (ranked[:, :3] == labels[held, None]).sum()
    return {"rows": len(rows), "top1": round(first / len(rows) / 5, 4), "top3": round(three / len(rows) / 5, 4)}


if len(sys.argv) > 2:
    replies = [row for row in map(json.loads, open(sys.argv[2], encoding="utf8")) if row.get("dept_silver")]
    often = Counter(row["dept_silver"] for row in replies)
    common = [row for row in replies if often[row["dept_silver"]] >= 10]
    figures["departments"] = {**departments(replies, KFold), "ofLabelsWithTenRows": departments(common, StratifiedKFold)}
print(json.dumps(figures))
