import { applyDecorators, Controller, UseGuards, UsePipes } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ThrottlerGuard } from '@nestjs/throttler';
import { TokenGuard } from '../access/token.guard';
import { RefuseNul } from './refuse-nul';
import { requestValidation } from './validation';

/** A controller of the public API below `/api/v1`: token, role, rate limit and request checks for all its endpoints. */
export const ApiController = (path: string, tag: string): ClassDecorator =>
  applyDecorators(
    Controller(`api/v1/${path}`),
    UseGuards(ThrottlerGuard, TokenGuard),
    UsePipes(new RefuseNul(), requestValidation()),
    ApiTags(tag),
    ApiBearerAuth('token'),
    ApiExtension('x-least-role', 'viewer'),
  );

/** The same without a token: to sign in. */
export const PublicController = (path: string, tag: string): ClassDecorator =>
  applyDecorators(
    Controller(`api/v1/${path}`),
    UseGuards(ThrottlerGuard),
    UsePipes(new RefuseNul(), requestValidation()),
    ApiTags(tag),
    ApiSecurity({}),
  );
