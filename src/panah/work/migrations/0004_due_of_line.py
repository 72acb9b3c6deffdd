from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0003_reminders")]

    operations = [
        migrations.AddIndex(
            model_name="dueitem",
            index=models.Index(
                fields=["line", "due_at"],
                name="due_of_line",
                condition=models.Q(done_at__isnull=True, line__isnull=False),
            ),
        ),
    ]
