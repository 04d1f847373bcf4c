"""Makes the two invented tables of this folder again, the same bytes each time: python3 make.py"""
import math
import random

random.seed(20261130)


def text(value: float) -> str:
    return f"{value:.2f}"


with open("payments.csv", "w", newline="\n") as file:  # six numbers and a class, one in 25 rare, the two classes overlap
    file.write("amount,hour,days_since_last,items,distance_km,account_age_days,class\n")
    for _ in range(2500):
        fraud = random.random() < 0.04
        night = random.random() < (0.6 if fraud else 0.15)
        amount = math.exp(random.gauss(4.6 if fraud else 3.7, 0.9))
        hour = random.gauss(2.5, 1.8) % 24 if night else random.gauss(15, 3.5) % 24
        since = random.expovariate(1 / (4 if fraud else 9))
        items = 1 + int(random.expovariate(1 / (1.4 if fraud else 2.2)))
        distance = math.exp(random.gauss(3.4 if fraud else 2.1, 1.1))
        age = random.expovariate(1 / (250 if fraud else 700))
        row = [text(amount), text(hour), text(since), str(items), text(distance), str(int(age))]
        file.write(",".join(row + ["fraud" if fraud else "genuine"]) + "\n")

with open("staff.csv", "w", newline="\n") as file:  # numbers, categories, a Boolean, a date, holes, and a class of one in twelve
    file.write("age,salary,department,contract,remote,hired,left\n")
    for _ in range(1200):
        leaves = random.random() < 0.085
        department = random.choices(["sales", "support", "research", "finance"], [5, 6, 2, 1] if leaves else [4, 3, 3, 2])[0]
        age = min(64, max(19, round(random.gauss(31 if leaves else 42, 9))))
        salary = 10 * round(random.gauss(290 if leaves else 360, 60) + 1.5 * age + {"sales": 20, "support": -30, "research": 60, "finance": 45}[department])
        contract = random.choices(["permanent", "fixed term", "agency"], [3, 5, 2] if leaves else [8, 2, 1])[0]
        remote = random.random() < (0.25 if leaves else 0.45)
        year = 2025 - int(min(20, random.expovariate(1 / (2.5 if leaves else 7))))
        hired = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        file.write(",".join([str(age) if random.random() > 0.03 else "", str(salary) if random.random() > 0.05 else "", department, contract,
                             "yes" if remote else "no", hired, "yes" if leaves else "no"]) + "\n")
