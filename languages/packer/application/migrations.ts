/** Commands that change the schema of an application's database: they run where its data is, and not in the build of an image. */
import { nameOf } from '../../../core/path.ts';
import type { Invocation } from '../../../shell/invocations.ts';

/** By what their documentation has, as the words of a command line. */
const MIGRATES: readonly RegExp[] = [
  // https://guides.rubyonrails.org/active_record_migrations.html
  /^(?:bundle exec )?(?:bin\/)?(?:rails|rake) db:(?:migrate|prepare)(?![\w:-])/,
  // https://docs.djangoproject.com/en/stable/ref/django-admin/#migrate
  /^(?:python[\d.]{0,5} (?:[\w./-]{1,80}\/)?manage\.py|django-admin) migrate(?![\w:-])/,
  // https://flask-migrate.readthedocs.io, https://alembic.sqlalchemy.org
  /^(?:flask db|alembic) upgrade(?![\w:-])/,
  // https://laravel.com/docs/migrations, https://www.doctrine-project.org/projects/doctrine-migrations
  /^php (?:[\w./-]{1,80}\/)?(?:artisan migrate|bin\/console doctrine:migrations:migrate)(?![\w:-])/,
  // https://www.prisma.io/docs, https://knexjs.org, https://sequelize.org, https://typeorm.io
  /^(?:npx |yarn |pnpm (?:exec )?)?(?:prisma (?:migrate deploy|db push)|knex migrate:latest|sequelize(?:-cli)? db:migrate|typeorm migration:run)(?![\w:-])/,
  // Scripts of a project: by the names that say forward.
  /^(?:npm|yarn|pnpm) (?:run )?(?:(?:(?:db|database|prisma|knex|sequelize|typeorm)[:-])?migrate(?:[:-](?:up|latest|deploy|prod|run))?|run-migrations?|migrations?:run)(?![\w:-])/,
  // https://flywaydb.org, https://docs.liquibase.com, https://github.com/golang-migrate/migrate, https://learn.microsoft.com/ef/core
  /^(?:flyway migrate|liquibase update|migrate (?:-\S{1,200} ){1,8}up|dotnet ef database update)(?![\w:-])/,
];

/** With these words the same programs go back, empty the database, lose data, or only note what has run. */
const OTHERWISE =
  /^(?:--(?:accept-data-loss|fake|force-reset|fresh|pretend|reset)|VERSION=.*|(?:\S{1,80}:)?(?:down|drop|first|prev|purge|reset|rollback|undo)|zero|0)$/;

/** The command line of a migration, with the name of its program; `undefined` for others, and where a word is not certain. */
export function migrationOf({ args, programWord }: Invocation): readonly string[] | undefined {
  const words = [programWord, ...args].map(({ literal }) => literal);
  if (words.some(word => word === undefined)) return undefined;
  const [program, ...rest] = words as [string, ...string[]];
  if (rest.some(word => OTHERWISE.test(word))) return undefined;
  const line = [nameOf(program), ...rest];
  return MIGRATES.some(pattern => pattern.test(line.join(' ').slice(0, LONGEST))) ? line : undefined;
}
const LONGEST = 500;
