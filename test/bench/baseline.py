"""What judging is held against: jieba and scikit-learn on the same texts, in processor time.

    pip install jieba scikit-learn; python test/bench/baseline.py DATA/messages/topic.jsonl
"""
import json
import sys
import time

import jieba
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf8")]
texts = [row["text"] for row in rows]
jieba.initialize()
model = LinearSVC(class_weight="balanced")
vectors = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None, sublinear_tf=True)
model.fit(vectors.fit_transform(texts), [row["topic"] for row in rows])
start = time.process_time()
for text in texts:  # one by one, as opinions come
    model.predict(vectors.transform([text]))
single = len(texts) / (time.process_time() - start)
start = time.process_time()
model.predict(vectors.transform(texts))
batch = len(texts) / (time.process_time() - start)
print(json.dumps({"textsPerCpuSecond": {"oneByOne": round(single), "all": round(batch)}}))
